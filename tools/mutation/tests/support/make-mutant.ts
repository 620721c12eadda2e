import type { MutantRecord } from '../../src/summary/mutant-record.ts';

/** A mutant that was killed, unless told otherwise. */
export const makeMutant = (overrides: Partial<MutantRecord> = {}): MutantRecord => ({
  file: 'libs/utils/src/to-minor.ts',
  line: 10,
  mutator: 'EqualityOperator',
  original: 'a < b',
  replacement: 'a <= b',
  fate: 'killed',
  ...overrides,
});
