import type { Location, MutantResult } from '@stryker-mutator/api/core';

/** What became of a mutant. `uncovered` is one that no test reaches, `invalid` one that is no program any more. */
export type MutantFate = 'killed' | 'timed-out' | 'survived' | 'uncovered' | 'ignored' | 'invalid';

/** A small change to the code, and whether the tests noticed it. */
export interface MutantRecord {
  /** Relative to the root of the workspace. */
  readonly file: string;
  readonly line: number;
  /** The kind of change, as Stryker names it. */
  readonly mutator: string;
  /** The code that was replaced, on one line. */
  readonly original: string;
  readonly replacement: string;
  readonly fate: MutantFate;
}

const fates: Readonly<Record<MutantResult['status'], MutantFate>> = {
  Killed: 'killed',
  Timeout: 'timed-out',
  Survived: 'survived',
  NoCoverage: 'uncovered',
  Ignored: 'ignored',
  CompileError: 'invalid',
  RuntimeError: 'invalid',
  Pending: 'invalid',
};

/** Reads one of Stryker's results; `source` is the text of its file, `file` its name relative to the root of the workspace. */
export function toMutantRecord(result: MutantResult, file: string, source: string): MutantRecord {
  const { location, mutatorName, replacement, status } = result;

  return {
    file,
    line: location.start.line,
    mutator: mutatorName,
    original: oneLine(textAt(source, location)),
    replacement: oneLine(replacement),
    fate: fates[status],
  };
}

/** Lines and columns are counted from 1, and the end is the first column that is no longer part of it. */
function textAt(source: string, { start, end }: Location): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;

  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join('\n');
}

const longest = 100;

/** Enough of it to be recognised. */
function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();

  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
