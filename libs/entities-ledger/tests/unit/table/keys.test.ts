import fc, { type Arbitrary } from 'fast-check';
import type { ItemKey } from '@cnop/stored-items';
import {
  BALANCE_PREFIX,
  CLAIM_PREFIX,
  OWNER_PREFIX,
  TRANSACTION_PREFIX,
  balanceKey,
  claimKey,
  claimOfKey,
  codeOfKey,
  ownerOfKey,
  ownerPartition,
  transactionIdOfKey,
  transactionKey,
} from '@cnop/entities-ledger/table';
import { code, idempotencyKey, owner, transactionId } from '../arbitraries.ts';

interface Named {
  kind: string;
  parts: string[];
  key: ItemKey;
}

const anyKey: Arbitrary<Named> = fc.oneof(
  fc.tuple(owner, code).map((parts) => ({ kind: 'balance', parts, key: balanceKey(...parts) })),
  fc.tuple(owner, transactionId).map((parts) => ({ kind: 'transaction', parts, key: transactionKey(...parts) })),
  fc.tuple(owner, owner, idempotencyKey).map((parts) => ({ kind: 'claim', parts, key: claimKey(...parts) })),
);

/** What all parsers together find in a key. */
function parse({ pk, sk }: ItemKey) {
  return {
    owner: ownerOfKey(pk),
    code: codeOfKey(sk),
    transactionId: transactionIdOfKey(sk),
    claim: claimOfKey(sk),
  };
}

describe('keys of the ledger table', () => {
  it('are as the data model says', () => {
    expect(balanceKey('alice', 'USD')).toEqual({ pk: 'OWNER#alice', sk: 'BALANCE#USD' });
    expect(transactionKey('alice', '01J')).toEqual({ pk: 'OWNER#alice', sk: 'TXN#01J' });
    expect(claimKey('auth0|64f', 'root', 'k#1')).toEqual({ pk: 'OWNER#auth0|64f', sk: 'KEY#root#k#1' });
  });

  it('begin with the prefixes that a query or a scan tells them apart by', () => {
    expect(balanceKey('alice', 'USD').pk).toBe(ownerPartition('alice'));
    expect(ownerPartition('alice')).toBe(`${OWNER_PREFIX}alice`);
    expect(balanceKey('alice', 'USD').sk).toBe(`${BALANCE_PREFIX}USD`);
    expect(transactionKey('alice', '01J').sk).toBe(`${TRANSACTION_PREFIX}01J`);
    expect(claimKey('alice', 'root', 'k').sk).toBe(`${CLAIM_PREFIX}root#k`);
  });

  it('differ whenever what they are of differs, whatever validation lets through', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (one, other) => {
        const same = one.kind === other.kind && one.parts.join('\n') === other.parts.join('\n');

        expect(one.key.pk === other.key.pk && one.key.sk === other.key.sk).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });

  it('differ for owners that differ in case alone', () => {
    expect(ownerPartition('Ada')).not.toBe(ownerPartition('ada'));
  });

  it('differ for neighbouring claims, where actor and key meet', () => {
    fc.assert(
      fc.property(
        fc.tuple(owner, idempotencyKey),
        fc.tuple(owner, idempotencyKey),
        ([actor, key], [otherActor, otherKey]) => {
          const same = actor === otherActor && key === otherKey;

          expect(claimKey('alice', actor, key).sk === claimKey('alice', otherActor, otherKey).sk).toBe(same);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('parse as their own kind, back to their parts, and as no other', () => {
    fc.assert(
      fc.property(anyKey, ({ kind, parts, key }) => {
        const [first, second, third] = parts;
        const nothing = { owner: first, code: undefined, transactionId: undefined, claim: undefined };
        const expected: Record<string, object> = {
          balance: { ...nothing, code: second },
          transaction: { ...nothing, transactionId: second },
          claim: { ...nothing, claim: { actor: second, key: third } },
        };

        expect(parse(key)).toEqual(expected[kind]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keep within what DynamoDB allows when every part is as long as it may be', () => {
    const name = 'n'.repeat(64);
    const { pk, sk } = claimKey(name, name, '#'.repeat(64));

    expect(pk.length).toBeLessThanOrEqual(2_048);
    expect(sk.length).toBeLessThanOrEqual(1_024);
  });

  it.each(['', 'OWNER#', 'owner#alice', 'USER#alice'])('finds no owner in the partition key "%s"', (pk) => {
    expect(ownerOfKey(pk)).toBeUndefined();
  });

  it.each(['', 'KEY#', 'KEY#root', 'KEY#root#', 'KEY##key', 'PROFILE'])('finds no claim in the sort key "%s"', (sk) => {
    expect(claimOfKey(sk)).toBeUndefined();
  });
});
