import { createHash } from 'node:crypto';
import type { WatermarkKind, WatermarkLadder } from '../standing/watermark-ladder.ts';
import { packLadder } from './pack-ladder.ts';

/** A part of a ladder as it is stored: which it is, and its rungs as a text. */
export interface LadderPart {
  /** `<asOf>#<H or L>#<anchor of its first rung>#<digest of its text>`: of one name there is one content. */
  readonly name: string;
  readonly text: string;
}

/** Which ladder is divided. */
export interface LadderDivision {
  readonly kind: WatermarkKind;
  /** Of the checkpoint: the new parts bear it in their names. */
  readonly asOf: string;
  /** The names of the parts in the checkpoint before, of whichever ladder: those whose rungs are unchanged keep their names. */
  readonly stored: readonly string[];
}

/** Smaller parts are put together with their neighbours as soon as these change. */
const MIN_KEPT_CHARACTERS = 2_000;

const SEPARATOR = '#';

/** The letter of a ladder in the names of its parts. */
const letterOf = (kind: WatermarkKind): 'H' | 'L' => (kind === 'HIGH' ? 'H' : 'L');

/** What the name of a part says. */
export function readPartName(name: string) {
  const [asOf = '', letter = '', anchor = '', digest = ''] = name.split(SEPARATOR);

  return { asOf, kind: letter === 'H' ? 'HIGH' : 'LOW', anchor, digest } as const;
}

/**
 * The parts of a ladder, the oldest first. Where the rungs of a stored part are what they were, the part is that one, by its name: since
 * ticks change the newest rungs, most of a long ladder is not written again.
 */
export function divideLadder(ladder: WatermarkLadder, { kind, asOf, stored }: LadderDivision): LadderPart[] {
  const before = stored
    .map((name) => ({ name, ...readPartName(name) }))
    .filter((part) => part.kind === kind)
    .toSorted((one, other) => (one.anchor < other.anchor ? -1 : 1));
  const parts: LadderPart[] = [];
  const changed: WatermarkLadder[number][] = [];
  const packChanged = () => {
    for (const { rungs, text } of packLadder(changed.splice(0))) parts.push({ name: nameOf(text, rungs), text });
  };
  const nameOf = (text: string, rungs: WatermarkLadder) =>
    [asOf, letterOf(kind), rungs[0]?.anchor, digestOf(text)].join(SEPARATOR);

  const within = (start: string, end: string | undefined) =>
    ladder.filter(({ anchor }) => anchor >= start && (end === undefined || anchor < end));

  changed.push(...within('', before[0]?.anchor));
  before.forEach(({ name, anchor, digest }, index) => {
    const rungs = within(anchor, before[index + 1]?.anchor);
    const [part, ...rest] = packLadder(rungs);

    if (part && rest.length === 0 && part.text.length >= MIN_KEPT_CHARACTERS && digestOf(part.text) === digest) {
      packChanged();
      parts.push({ name, text: part.text });
    } else {
      changed.push(...rungs);
    }
  });
  packChanged();
  return parts;
}

const DIGEST_CHARACTERS = 16;

const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, DIGEST_CHARACTERS);
