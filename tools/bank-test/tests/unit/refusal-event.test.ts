import { refusalEvent } from '../../src/history/refusal-event.ts';

const name = 'step 1';
const withdrawal = { cash: -500n, asset: 0n };
const sale = { cash: 100n, asset: -1_250n };
const insufficient = (code: string, available: string, required: string) => ({
  kind: 'refused' as const,
  code: 'BALANCE_INSUFFICIENT',
  details: { code, available, required },
});

describe(refusalEvent, () => {
  it.each([
    [withdrawal, insufficient('USD', '4.99', '5.00'), { lacking: 'cash', requiredMinor: 500n, availableMinor: 499n }],
    [sale, insufficient('GOLD', '0.000', '1.250'), { lacking: 'asset', requiredMinor: 1_250n, availableMinor: 0n }],
    [sale, { kind: 'refused' as const, code: 'FENCED' }, { lacking: 'asset', requiredMinor: 1_250n }],
  ])('reads what there was too little of: %j', (change, outcome, read) => {
    expect(refusalEvent({ name, change, outcome })).toEqual({ kind: 'refusal', name, ...read });
  });

  it.each([
    ['another code', withdrawal, insufficient('GOLD', '4.99', '5.00')],
    ['another amount', withdrawal, insufficient('USD', '4.99', '5.01')],
    ['something that takes nothing', { cash: 500n, asset: 0n }, insufficient('USD', '4.99', '5.00')],
    ['another reason', withdrawal, { kind: 'refused' as const, code: 'USER_NOT_ACTIVE' }],
  ])('finds no ground in a refusal for %s', (_, change, outcome) => {
    expect(refusalEvent({ name, change, outcome })).toEqual({ kind: 'groundless', name, code: outcome.code });
  });
});
