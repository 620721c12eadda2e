import { loadReport } from '../../../src/load/load-report.ts';

const bare = { count: 4, perSecond: 200, latenciesMs: [1, 2, 3, 4] };
const route = {
  count: 2,
  perSecond: 100,
  latenciesMs: [5, 15],
  answers: { 201: 2, OVERLOADED: 1 },
  failures: 0,
  brokenCount: 0,
  orders: 2,
};

describe(loadReport, () => {
  it('puts orders per second and percentiles of both side by side', () => {
    const { text, problems } = loadReport(route, bare);

    expect(problems).toEqual([]);
    expect(text).toMatch(/POST \/v1\/orders .* 100 .* 10\.0 .* 15\.0/);
    expect(text).toMatch(/bare SDK.* 200 .* 2\.5 .* 4\.0/);
    expect(text).toContain('50 % of the bare SDK. Answers: 2 × 201, 1 × OVERLOADED. Broken invariants: 0.');
  });

  it.each([
    [{ answers: { 201: 2, INTERNAL_ERROR: 1 } }, 'INTERNAL_ERROR was answered 1 times'],
    [{ answers: { 201: 2, RATE_LIMITED: 3 } }, 'RATE_LIMITED was answered 3 times'],
    [{ failures: 2 }, '2 requests had no answer'],
    [{ brokenCount: 1 }, '1 invariants are broken'],
    [{ orders: 1 }, '2 orders were confirmed, and 1 are there'],
    [{ count: 0, latenciesMs: [], answers: {} }, 'no order was placed'],
  ])('refuses %p', (changed, problem) => {
    expect(loadReport({ ...route, ...changed }, bare).problems).toContain(problem);
  });
});
