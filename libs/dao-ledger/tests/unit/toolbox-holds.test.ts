import { balanceKey, SCHEMA_VERSION } from '@cnop/entities-ledger/table';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $get } from 'dynamodb-toolbox/entity/actions/update/symbols';
import fc from 'fast-check';
import type { BalanceCapture, BalanceHold, BalanceRelease, HeldCredit } from '../../src/index.ts';
import { captureAction, creditHeldAction, holdAction, releaseAction } from '../../src/hold-actions.ts';
import { ledgerEntities } from '../../src/ledger-entities.ts';
import { openLedgerTable } from '../../src/ledger-table.ts';
import { inlined, sorted } from '../support/inlined.ts';
import { openOfflineDatabase } from '../support/offline-database.ts';

const database = openOfflineDatabase();
const table = openLedgerTable(database);
const { balance } = ledgerEntities(database);

const amountMinor = fc.bigInt({ min: 1n, max: 10n ** 24n });
const place = { owner: fc.string(), code: fc.string(), scale: fc.nat(18), at: fc.string() };
const orderFlag = fc.boolean();

const isScale = (scale: number) => ({ attr: 'scale' as const, eq: scale });
const notFrozen = {
  or: [
    { attr: 'status' as const, exists: false as const },
    { attr: 'status' as const, eq: 'ACTIVE' as const },
  ],
};
const atLeast = <TName extends string, TLeast>(attr: TName, gte: TLeast) => ({ attr, gte });
const counted = (closesOrder = false) => (closesOrder ? [atLeast('openOrders', 1)] : []);

function holdByToolbox({ owner, code, amountMinor, scale, at, opensOrder, maxOpenOrders }: BalanceHold) {
  const below = (maximum: number) => ({
    or: [
      { attr: 'openOrders' as const, exists: false as const },
      { attr: 'openOrders' as const, lt: maximum },
    ],
  });

  return balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(owner, code),
      updatedAt: at,
      availableMinor: $add(-amountMinor),
      heldMinor: $add(amountMinor),
      version: $add(1),
      ...(opensOrder && { openOrders: $add(1) }),
    })
    .options({
      condition: {
        and: [
          isScale(scale),
          atLeast('availableMinor', amountMinor),
          notFrozen,
          ...(maxOpenOrders === undefined ? [] : [below(maxOpenOrders)]),
        ],
      },
    })
    .params().Update;
}

const releaseByToolbox = ({ owner, code, amountMinor, scale, at, closesOrder }: BalanceRelease) =>
  balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(owner, code),
      updatedAt: at,
      availableMinor: $add(amountMinor),
      heldMinor: $add(-amountMinor),
      version: $add(1),
      ...(closesOrder && { openOrders: $add(-1) }),
    })
    .options({
      condition: { and: [isScale(scale), atLeast('heldMinor', amountMinor), ...counted(closesOrder)] },
    })
    .params().Update;

const captureByToolbox = ({ owner, code, scale, at, heldMinor, availableMinor, closesOrder }: BalanceCapture) =>
  balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(owner, code),
      updatedAt: at,
      heldMinor: $add(-heldMinor),
      version: $add(1),
      ...(availableMinor !== 0n && { availableMinor: $add(availableMinor) }),
      ...(closesOrder && { openOrders: $add(-1) }),
    })
    .options({
      condition: {
        and: [
          isScale(scale),
          atLeast('heldMinor', heldMinor),
          notFrozen,
          ...(availableMinor < 0n ? [atLeast('availableMinor', -availableMinor)] : []),
          ...counted(closesOrder),
        ],
      },
    })
    .params().Update;

const creditHeldByToolbox = ({ owner, code, amountMinor, scale, at, opensOrder }: HeldCredit) =>
  balance
    .build(UpdateTransaction)
    .item({
      ...balanceKey(owner, code),
      schemaVersion: $get('schemaVersion', SCHEMA_VERSION),
      scale: $get('scale', scale),
      availableMinor: $get('availableMinor', 0n),
      createdAt: $get('createdAt', at),
      updatedAt: at,
      heldMinor: $add(amountMinor),
      version: $add(1),
      ...(opensOrder && { openOrders: $add(1) }),
    })
    .options({ condition: { or: [{ attr: 'scale', exists: false }, isScale(scale)] } })
    .params().Update;

const holds: fc.Arbitrary<BalanceHold> = fc.oneof(
  fc.record({ ...place, amountMinor, opensOrder: orderFlag }),
  fc.record({ ...place, amountMinor, opensOrder: fc.constant(true), maxOpenOrders: fc.integer({ min: 1 }) }),
);
const credits: fc.Arbitrary<HeldCredit> = fc.record({ ...place, amountMinor, opensOrder: orderFlag });
const releases: fc.Arbitrary<BalanceRelease> = fc.record({ ...place, amountMinor, closesOrder: orderFlag });
const captures: fc.Arbitrary<BalanceCapture> = fc.record({
  ...place,
  heldMinor: amountMinor,
  availableMinor: fc.oneof(fc.bigInt(-9n, 9n), fc.bigInt(-(10n ** 24n), 10n ** 24n)),
  closesOrder: orderFlag,
});

describe('the updates of what a balance holds, written out, are those that the toolbox builds from the declaration', () => {
  it('of holds', () => {
    fc.assert(
      fc.property(holds, (hold) => {
        const { Update } = holdAction(table, hold).write;

        expect(sorted(inlined(Update))).toStrictEqual(sorted(inlined(holdByToolbox(hold))));
      }),
    );
  });

  it('of releases', () => {
    fc.assert(
      fc.property(releases, (release) => {
        const { Update } = releaseAction(table, release).write;

        expect(sorted(inlined(Update))).toStrictEqual(sorted(inlined(releaseByToolbox(release))));
      }),
    );
  });

  it('of captures', () => {
    fc.assert(
      fc.property(captures, (capture) => {
        const { Update } = captureAction(table, capture).write;

        expect(sorted(inlined(Update))).toStrictEqual(sorted(inlined(captureByToolbox(capture))));
      }),
    );
  });

  it('of credits into held', () => {
    fc.assert(
      fc.property(credits, (credit) => {
        const { Update } = creditHeldAction(table, credit).write;

        expect(sorted(inlined(Update))).toStrictEqual(sorted(inlined(creditHeldByToolbox(credit))));
      }),
    );
  });
});
