import { compileRequest, type ItemWrite, type ValuesOf } from '@cnop/database-core';
import { SCHEMA_VERSION, transactionItemSchema, type TransactionItem } from '@cnop/entities-ledger/table';
import { compileItemParser } from '@cnop/utils';
import { EntityConditionParser } from 'dynamodb-toolbox/entity/actions/parseCondition';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $get } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { absent, type LedgerEntities } from './ledger-entities.ts';

const creditValues = { pk: 'string', sk: 'string', at: 'string', scale: 'number', amountMinor: 'bigint' } as const;
/** `changeMinor` is the amount with its sign turned. */
const debitValues = { ...creditValues, changeMinor: 'bigint' } as const;

/** What differs between two credits. */
export type CreditValues = ValuesOf<typeof creditValues>;

/** What differs between two debits. */
export type DebitValues = ValuesOf<typeof debitValues>;

/**
 * The writes of every movement of money, compiled once from what the toolbox builds. `deposit` and `withdrawal` also count into the
 * balance's totals.
 */
export function compileMoneyWrites(entities: LedgerEntities) {
  return {
    credit: compileRequest(creditValues, (values) => buildCredit(entities, values)),
    deposit: compileRequest(creditValues, (values) =>
      buildCredit(entities, values, { totalDepositedMinor: $add(values.amountMinor) }),
    ),
    debit: compileRequest(debitValues, (values) => buildDebit(entities, values)),
    withdrawal: compileRequest(debitValues, (values) =>
      buildDebit(entities, values, { totalWithdrawnMinor: $add(values.amountMinor) }),
    ),
    putEntry: compilePutEntry(entities),
  };
}

/** The update that adds to `available`, and makes the balance if there is none. */
export function buildCredit({ balance }: LedgerEntities, values: CreditValues, totals = {}): ItemWrite {
  const { pk, sk, at, scale, amountMinor } = values;
  const { Update } = balance
    .build(UpdateTransaction)
    .item({
      pk,
      sk,
      schemaVersion: $get('schemaVersion', SCHEMA_VERSION),
      scale: $get('scale', scale),
      createdAt: $get('createdAt', at),
      updatedAt: at,
      availableMinor: $add(amountMinor),
      ...totals,
      version: $add(1),
    })
    .options({
      condition: {
        or: [
          { attr: 'scale', exists: false },
          { attr: 'scale', eq: scale },
        ],
      },
    })
    .params();

  return { Update };
}

/** The update that takes from `available` what is there, of a balance that is not frozen. */
export function buildDebit({ balance }: LedgerEntities, values: DebitValues, totals = {}): ItemWrite {
  const { pk, sk, at, scale, amountMinor, changeMinor } = values;
  const { Update } = balance
    .build(UpdateTransaction)
    .item({ pk, sk, updatedAt: at, availableMinor: $add(changeMinor), ...totals, version: $add(1) })
    .options({
      condition: {
        and: [
          { attr: 'scale', eq: scale },
          { attr: 'availableMinor', gte: amountMinor },
          {
            or: [
              { attr: 'status', exists: false },
              { attr: 'status', eq: 'ACTIVE' },
            ],
          },
        ],
      },
    })
    .params();

  return { Update };
}

/** The put of a journal entry that must not be there yet, as the toolbox's PutTransaction builds it. */
function compilePutEntry({ transaction }: LedgerEntities): (item: TransactionItem) => ItemWrite {
  const TableName = transaction.table.getName();
  const parse = compileItemParser(transactionItemSchema);
  const { ConditionExpression, ExpressionAttributeNames } = transaction.build(EntityConditionParser).parse(absent);

  return (item) => ({ Put: { TableName, Item: parse(item), ConditionExpression, ExpressionAttributeNames } });
}
