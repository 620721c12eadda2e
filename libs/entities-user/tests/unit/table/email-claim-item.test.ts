import fc from 'fast-check';
import { emailClaimItemSchema, fromEmailClaimItem, toEmailClaimItem } from '@cnop/entities-user/table';
import { email, username } from '../arbitraries.ts';
import { throughDynamoDb, throughToolbox, without } from './stored-form.ts';

const anyClaim = fc.record({
  email,
  username,
  createdAt: fc.constant('2026-01-02T03:04:05.678Z'),
  writeId: fc.uuid(),
});
const claim = { email: 'a@example.com', username: 'alice', createdAt: '2026-01-02T03:04:05.678Z', writeId: 'w-1' };

describe(toEmailClaimItem, () => {
  it('writes what reads back as the same claim', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        expect(fromEmailClaimItem(throughDynamoDb(toEmailClaimItem(claim)))).toEqual(claim);
      }),
    );
  });

  it('writes what the table declaration takes, attribute for attribute', () => {
    const item = toEmailClaimItem(claim);

    expect(throughToolbox(emailClaimItemSchema, item)).toEqual(item);
    expect(item).toMatchObject({ pk: 'EMAIL#a@example.com', sk: 'CLAIM', schemaVersion: 1 });
  });
});

describe(fromEmailClaimItem, () => {
  it.each(['pk', 'username', 'createdAt', 'writeId'])('names the item and the attribute when %s is missing', (name) => {
    expect(() => fromEmailClaimItem(without(toEmailClaimItem(claim), name))).toThrow(
      `Malformed email claim item: attribute '${name}'`,
    );
  });
});
