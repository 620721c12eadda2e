import { putIfAbsent } from '@cnop/database-core';
import {
  balanceKey,
  claimItemSchema,
  SCHEMA_VERSION,
  toClaimItem,
  toTransactionItem,
} from '@cnop/entities-ledger/table';
import { makeTransaction } from '@cnop/entities-ledger/testing';
import { Entity } from 'dynamodb-toolbox/entity';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $get } from 'dynamodb-toolbox/entity/actions/update/symbols';
import fc from 'fast-check';
import { creditAction, debitAction, type BalanceMove } from '../../src/balance-actions.ts';
import { ledgerEntities } from '../../src/ledger-entities.ts';
import { openLedgerTable } from '../../src/ledger-table.ts';
import { inlined, sorted } from '../support/inlined.ts';
import { openOfflineDatabase } from '../support/offline-database.ts';

const database = openOfflineDatabase();
const table = openLedgerTable(database);
const { balance, transaction } = ledgerEntities(database);

const moves: fc.Arbitrary<BalanceMove> = fc.record({
  owner: fc.string(),
  code: fc.string(),
  amountMinor: fc.bigInt({ min: 1n, max: 10n ** 24n }),
  scale: fc.nat(18),
  at: fc.string(),
  external: fc.boolean(),
});

function creditByToolbox({ owner, code, amountMinor, scale, at, external }: BalanceMove) {
  return balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(owner, code),
      schemaVersion: $get('schemaVersion', SCHEMA_VERSION),
      scale: $get('scale', scale),
      createdAt: $get('createdAt', at),
      updatedAt: at,
      availableMinor: $add(amountMinor),
      ...(external && { totalDepositedMinor: $add(amountMinor) }),
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
    .params().Update;
}

function debitByToolbox({ owner, code, amountMinor, scale, at, external }: BalanceMove) {
  return balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(owner, code),
      updatedAt: at,
      availableMinor: $add(-amountMinor),
      ...(external && { totalWithdrawnMinor: $add(amountMinor) }),
      version: $add(1),
    })
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
    .params().Update;
}

describe('the updates of a balance, written out', () => {
  it('are the credits that the toolbox builds from the declaration', () => {
    fc.assert(
      fc.property(moves, (move) => {
        const { Update } = creditAction(table, move).write;

        expect(sorted(inlined(Update))).toStrictEqual(sorted(inlined(creditByToolbox(move))));
      }),
    );
  });

  it('are the debits that the toolbox builds from the declaration', () => {
    fc.assert(
      fc.property(moves, (move) => {
        const { Update } = debitAction(table, move).write;

        expect(sorted(inlined(Update))).toStrictEqual(sorted(inlined(debitByToolbox(move))));
      }),
    );
  });
});

describe('the puts of the ledger', () => {
  const absent = { condition: { attr: 'pk', exists: false } } as const;
  const claims = new Entity({
    name: 'Claim',
    table: transaction.table,
    schema: claimItemSchema,
    entityAttribute: false,
    timestamps: false,
  });

  it('are those that the toolbox builds from the declaration', () => {
    const entry = toTransactionItem(makeTransaction(), { writeId: 'w-1' });
    const claim = toClaimItem({
      owner: 'alice',
      actor: 'alice',
      key: 'k-1',
      requestHash: 'h',
      transactionId: 't-1',
      status: 'ACCEPTED',
      createdAt: '2026-01-02T03:04:05.678Z',
      writeId: 'w-1',
    });

    expect(inlined(putIfAbsent(table.tableName, entry).Put)).toStrictEqual(
      inlined(transaction.build(PutTransaction).item(entry).options(absent).params().Put),
    );
    expect(inlined(putIfAbsent(table.tableName, claim).Put)).toStrictEqual(
      inlined(claims.build(PutTransaction).item(claim).options(absent).params().Put),
    );
  });
});
