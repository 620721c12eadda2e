import fc from 'fast-check';
import { balanceAttributes, balanceItemSchema, fromBalanceItem, toBalanceItem } from '@cnop/entities-ledger/table';
import { makeBalance } from '@cnop/entities-ledger/testing';
import { balance } from '../arbitraries.ts';
import { throughDynamoDb, throughToolbox, without } from './stored-form.ts';

const full = toBalanceItem(makeBalance());
const defaulted = ['heldMinor', 'totalDepositedMinor', 'totalWithdrawnMinor', 'openOrders', 'status'];
const required = Object.keys(full).filter((name) => name !== 'schemaVersion' && !defaulted.includes(name));

describe(toBalanceItem, () => {
  it('writes what reads back as the same balance', () => {
    fc.assert(
      fc.property(balance, (balance) => {
        expect(fromBalanceItem(throughDynamoDb(toBalanceItem(balance)))).toEqual(balance);
      }),
    );
  });

  it('writes what the table declaration takes, attribute for attribute', () => {
    fc.assert(
      fc.property(balance, (balance) => {
        const item = toBalanceItem(balance);

        expect(throughToolbox(balanceItemSchema, item)).toEqual(item);
      }),
    );
  });

  it('keeps owner and code in the key alone', () => {
    expect(full).toMatchObject({ pk: 'OWNER#alice', sk: 'BALANCE#USD', schemaVersion: 1 });
    expect(full).not.toHaveProperty('owner');
    expect(full).not.toHaveProperty('code');
  });
});

describe(fromBalanceItem, () => {
  it('takes amounts and counts nobody has added to as zero and an absent status as ACTIVE', () => {
    const item = {
      pk: 'OWNER#bob',
      sk: 'BALANCE#BTC',
      schemaVersion: 1,
      scale: 8,
      availableMinor: 5,
      version: 1,
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
    };

    expect(fromBalanceItem(item)).toStrictEqual({
      owner: 'bob',
      code: 'BTC',
      scale: 8,
      availableMinor: 5n,
      heldMinor: 0n,
      totalDepositedMinor: 0n,
      totalWithdrawnMinor: 0n,
      openOrders: 0,
      status: 'ACTIVE',
      version: 1,
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
    });
  });

  it('reads amounts as bigint whether the client gives number or bigint', () => {
    const raw = { ...full, availableMinor: 12, heldMinor: 10n ** 24n };

    expect(fromBalanceItem(raw)).toMatchObject({ availableMinor: 12n, heldMinor: 10n ** 24n });
  });

  it('reads a balance below zero, for the audit to report', () => {
    expect(fromBalanceItem({ ...full, availableMinor: -1 }).availableMinor).toBe(-1n);
  });

  it.each(required)('names the item and the attribute when %s is missing', (attribute) => {
    expect(() => fromBalanceItem(without(full, attribute))).toThrow(`Malformed balance item: attribute '${attribute}'`);
  });

  it.each([...required, ...defaulted])('names the item and the attribute when %s is of another type', (attribute) => {
    expect(() => fromBalanceItem({ ...full, [attribute]: {} })).toThrow(
      `Malformed balance item: attribute '${attribute}'`,
    );
  });

  it.each([1.5, 2 ** 53, Number.NaN, '12'])('refuses %p as an amount', (availableMinor) => {
    expect(() => fromBalanceItem({ ...full, availableMinor })).toThrow(
      "Malformed balance item: attribute 'availableMinor'",
    );
  });

  it('refuses a version too large to count with', () => {
    expect(() => fromBalanceItem({ ...full, version: 2n ** 60n })).toThrow(
      "Malformed balance item: attribute 'version'",
    );
  });
});

describe('balanceAttributes', () => {
  it('are all that a balance is read from, and nothing of a profile', () => {
    const item = throughDynamoDb(toBalanceItem(makeBalance()));
    const named = Object.fromEntries(balanceAttributes.map((name) => [name, item[name]]));

    expect(fromBalanceItem(named)).toEqual(makeBalance());
    expect(balanceAttributes).not.toContain('passwordHash');
  });
});
