import { isClean } from '../../src/demo-report.ts';
import { makeReport } from '../support/make-report.ts';

describe(isClean, () => {
  it.each([
    [{}, true],
    [{ brokenInvariants: 1 }, false],
    [{ unsettled: 1 }, false],
  ])('judges a ledger with %p: %p', (ledger, clean) => {
    expect(isClean(makeReport(ledger))).toBe(clean);
  });
});
