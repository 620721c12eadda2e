import { accessAttributes, toUserItem, userAccessIn } from '@cnop/entities-user/table';
import { makeUser } from '@cnop/entities-user/testing';
import { throughDynamoDb, without } from './stored-form.ts';

const extras = { passwordHash: '$argon2id$…', writeId: 'w-1', sessionEpoch: 2 };
const profile = throughDynamoDb(toUserItem(makeUser({ role: 'admin' }), extras));

describe(userAccessIn, () => {
  it('reads role, status and epoch of a whole profile', () => {
    expect(userAccessIn(profile)).toStrictEqual({ role: 'admin', status: 'ACTIVE', sessionEpoch: 2 });
  });

  it('needs no attribute but those it names', () => {
    const named = Object.fromEntries(accessAttributes.map((name) => [name, profile[name]]));

    expect(userAccessIn(named)).toStrictEqual(userAccessIn(profile));
  });

  it('takes an absent epoch for the first', () => {
    expect(userAccessIn(without(profile, 'sessionEpoch'))).toMatchObject({ sessionEpoch: 0 });
  });

  it.each(['role', 'status'])('names the attribute when %s is missing', (attribute) => {
    expect(() => userAccessIn(without(profile, attribute))).toThrow(`Malformed user item: attribute '${attribute}'`);
  });
});
