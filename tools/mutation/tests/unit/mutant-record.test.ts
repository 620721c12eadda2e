import type { MutantResult } from '@stryker-mutator/api/core';
import { toMutantRecord } from '../../src/summary/mutant-record.ts';

const file = 'libs/utils/src/clock.ts';
const source = 'const one = 1;\nif (one < 2) {\n  go();\n}\n';

const makeResult = (overrides: Partial<MutantResult> = {}): MutantResult => ({
  id: '1',
  fileName: `/somewhere/${file}`,
  location: { start: { line: 2, column: 5 }, end: { line: 2, column: 12 } },
  mutatorName: 'EqualityOperator',
  replacement: 'one <= 2',
  status: 'Survived',
  ...overrides,
});

describe(toMutantRecord, () => {
  it('quotes the code that was replaced', () => {
    const record = toMutantRecord(makeResult(), file, source);

    expect(record).toEqual({
      file,
      line: 2,
      mutator: 'EqualityOperator',
      original: 'one < 2',
      replacement: 'one <= 2',
      fate: 'survived',
    });
  });

  it('puts code of several lines on one', () => {
    const location = { start: { line: 2, column: 14 }, end: { line: 4, column: 2 } };

    const { original } = toMutantRecord(makeResult({ location }), file, source);

    expect(original).toBe('{ go(); }');
  });

  it('shortens what is long', () => {
    const { replacement } = toMutantRecord(makeResult({ replacement: 'x'.repeat(500) }), file, source);

    expect(replacement).toBe(`${'x'.repeat(100)}…`);
  });

  it.each([
    ['Killed', 'killed'],
    ['Timeout', 'timed-out'],
    ['NoCoverage', 'uncovered'],
    ['Ignored', 'ignored'],
    ['CompileError', 'invalid'],
    ['RuntimeError', 'invalid'],
  ] as const)('calls a mutant with the status %s %s', (status, fate) => {
    const record = toMutantRecord(makeResult({ status }), file, source);

    expect(record.fate).toBe(fate);
  });
});
