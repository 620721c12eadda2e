import type { BrokenInvariant } from '@cnop/ledger-audit';
import type { MatrixRun } from './matrix-run.ts';
import { usernameIn } from './world-names.ts';

/** What the ledger check found, as far as a report needs it. */
export type LedgerBreak = Pick<BrokenInvariant, 'rule' | 'owner' | 'code' | 'expected' | 'found' | 'items'>;

/** The runs with what the ledger check found of each, by the user whose world it is in; and what is in no run's world. */
export function withLedgerBreaks(runs: readonly MatrixRun[], breaks: readonly LedgerBreak[]) {
  const usernames = new Set(runs.map(({ username }) => username));
  const found = breaks.map((each) => ({ each, username: usernameIn(JSON.stringify(each)) ?? '' }));

  return {
    runs: runs.map((run) => {
      const ofRun = found.filter(({ username }) => username !== '' && username === run.username);
      return { ...run, problems: [...run.problems, ...ofRun.map(({ each }) => textOf(each))] };
    }),
    stray: found.filter(({ username }) => !usernames.has(username)).map(({ each }) => each),
  };
}

/** A finding in a line. */
export function textOf({ rule, owner, code, expected, found }: LedgerBreak): string {
  const parts = [owner, code, expected && `expected ${expected}`, found && `found ${found}`];

  return `the ledger is broken: ${[rule, ...parts].filter(Boolean).join(' ')}`;
}
