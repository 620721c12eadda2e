import type { Database } from '@cnop/database-core';
import { checkLedger, type BrokenInvariant, type JsonItem, type LedgerReport } from '@cnop/ledger-audit';
import { expectTypeOf } from 'expect-type';

describe('the types', () => {
  it('take a database and give a report', () => {
    expectTypeOf(checkLedger).parameter(0).toEqualTypeOf<Database>();
    expectTypeOf(checkLedger).returns.resolves.toEqualTypeOf<LedgerReport>();
  });

  it('give broken invariants that are JSON-safe', () => {
    expectTypeOf<BrokenInvariant['invariant']>().toEqualTypeOf<1 | 2 | 3 | 4 | 5 | 6>();
    expectTypeOf<BrokenInvariant['items']>().toEqualTypeOf<readonly JsonItem[]>();
    expectTypeOf<BrokenInvariant['expected']>().toEqualTypeOf<string | undefined>();
    // @ts-expect-error -- a bigint is not JSON-safe
    const item: JsonItem = { amountMinor: 1n };
    expect(item).toBeDefined();
  });
});
