import fc from 'fast-check';
import { type Claim, ClaimStatus, claimItemSchema, fromClaimItem, toClaimItem } from '@cnop/entities-ledger/table';
import { idempotencyKey, transactionId, owner } from '../arbitraries.ts';
import { throughDynamoDb, throughToolbox, without } from './stored-form.ts';

const anyClaim: fc.Arbitrary<Claim> = fc.record(
  {
    owner,
    actor: owner,
    key: idempotencyKey,
    requestHash: fc.base64String({ minLength: 4 }),
    transactionId,
    status: fc.constantFrom(...Object.values(ClaimStatus)),
    refusal: fc.json(),
    createdAt: fc.constant('2026-01-02T03:04:05.678Z'),
    writeId: fc.uuid(),
  },
  { requiredKeys: ['owner', 'actor', 'key', 'requestHash', 'transactionId', 'status', 'createdAt', 'writeId'] },
);
const refused: Claim = {
  owner: 'alice',
  actor: 'root',
  key: 'k#1',
  requestHash: 'hash',
  transactionId: '01JGJ8Q2XE0000000000000000',
  status: 'REFUSED',
  refusal: '{"code":"BALANCE_FROZEN"}',
  createdAt: '2026-01-02T03:04:05.678Z',
  writeId: 'w-1',
};

describe(toClaimItem, () => {
  it('writes what reads back as the same claim', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        expect(fromClaimItem(throughDynamoDb(toClaimItem(claim)))).toEqual(claim);
      }),
    );
  });

  it('writes what the table declaration takes, attribute for attribute', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const item = toClaimItem(claim);

        expect(throughToolbox(claimItemSchema, item)).toEqual(item);
      }),
    );
  });

  it('keeps owner, actor and idempotency key in the key alone', () => {
    expect(toClaimItem(refused)).toStrictEqual({
      pk: 'OWNER#alice',
      sk: 'KEY#root#k#1',
      schemaVersion: 1,
      requestHash: 'hash',
      transactionId: '01JGJ8Q2XE0000000000000000',
      status: 'REFUSED',
      refusal: '{"code":"BALANCE_FROZEN"}',
      createdAt: '2026-01-02T03:04:05.678Z',
      writeId: 'w-1',
    });
  });
});

describe(fromClaimItem, () => {
  it.each(['pk', 'sk', 'requestHash', 'transactionId', 'status', 'createdAt', 'writeId'])(
    'names the item and the attribute when %s is missing',
    (attribute) => {
      expect(() => fromClaimItem(without(toClaimItem(refused), attribute))).toThrow(
        `Malformed idempotency claim item: attribute '${attribute}'`,
      );
    },
  );

  it('refuses a sort key that is no claim’s', () => {
    expect(() => fromClaimItem({ ...toClaimItem(refused), sk: 'KEY#root' })).toThrow(
      "Malformed idempotency claim item: attribute 'sk'",
    );
  });
});
