import type { Told } from './told.ts';

/** What a caller was told, as the end of a sentence. */
export function textOf(told: Told): string {
  switch (told.kind) {
    case 'answered':
      return 'answered';
    case 'refused':
      return `was refused (${told.code ?? 'left behind'})`;
    case 'failed':
      return `failed (${told.code})`;
    case 'unknown':
      return 'ended with OUTCOME_UNKNOWN';
    case 'crashed':
      return 'crashed';
    case 'open':
      return 'was not made';
    case 'wrong':
      return `ended with ${told.error instanceof Error ? `${told.error.name}: ${told.error.message}` : String(told.error)}`;
  }
}

const words = {
  answered: 'ok',
  refused: 'refused',
  failed: 'failed',
  unknown: 'unknown',
  crashed: 'crash',
  open: 'open',
  wrong: 'wrong',
};

/** What a call and its repeat came to, in a word or two. */
export function outcomeOf({ kind: first }: Told, retold: Told | undefined): string {
  const last = retold?.kind ?? first;

  return first === last ? words[first] : `${words[first]}→${words[last]}`;
}
