import { transactionItemSchema, type TransactionItem } from '@cnop/entities-ledger/table';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { $add } from 'dynamodb-toolbox/entity/actions/update/symbols';
import fc from 'fast-check';
import { buildCredit, buildDebit, compileMoneyWrites } from '../../src/money-writes.ts';
import { absent, openLedgerEntities } from '../../src/ledger-entities.ts';
import { damagedItemArbitrary, itemArbitrary } from '../support/item-arbitrary.ts';

const entities = openLedgerEntities('ledger');
const { credit, deposit, debit, withdrawal, putEntry } = compileMoneyWrites(entities);

const creditValues = fc.record({
  pk: fc.string(),
  sk: fc.string(),
  at: fc.string(),
  scale: fc.maxSafeInteger(),
  amountMinor: fc.bigInt(),
});
const debitValues = fc.tuple(creditValues, fc.bigInt()).map(([values, changeMinor]) => ({ ...values, changeMinor }));

describe('the compiled updates of a balance', () => {
  it('are the credits that the toolbox builds', () => {
    fc.assert(
      fc.property(creditValues, (values) => {
        const totals = { totalDepositedMinor: $add(values.amountMinor) };

        expect(credit(values)).toStrictEqual(buildCredit(entities, values));
        expect(deposit(values)).toStrictEqual(buildCredit(entities, values, totals));
      }),
    );
  });

  it('are the debits that the toolbox builds', () => {
    fc.assert(
      fc.property(debitValues, (values) => {
        const totals = { totalWithdrawnMinor: $add(values.amountMinor) };

        expect(debit(values)).toStrictEqual(buildDebit(entities, values));
        expect(withdrawal(values)).toStrictEqual(buildDebit(entities, values, totals));
      }),
    );
  });
});

function putByToolbox(item: TransactionItem) {
  const { Put } = entities.transaction.build(PutTransaction).item(item).options({ condition: absent }).params();

  return { Put };
}

/** What comes of it: the request, or that there is none. */
function outcomeOf(put: (item: TransactionItem) => unknown, item: object): unknown {
  try {
    return put(item as TransactionItem);
  } catch {
    return 'refused';
  }
}

describe('the compiled put of a journal entry', () => {
  it('is the request that the toolbox builds', () => {
    fc.assert(
      fc.property(itemArbitrary(transactionItemSchema), (item) => {
        expect(putEntry(item as TransactionItem)).toStrictEqual(putByToolbox(item as TransactionItem));
      }),
    );
  });

  it('refuses what the toolbox refuses, and nothing else', () => {
    fc.assert(
      fc.property(damagedItemArbitrary(transactionItemSchema), (item) => {
        expect(outcomeOf(putEntry, item)).toStrictEqual(outcomeOf(putByToolbox, item));
      }),
      { numRuns: 500 },
    );
  });
});
