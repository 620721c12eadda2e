import { toIamPolicy } from '@cnop/database-core/infrastructure';
import { usersTableShape as table } from '@cnop/entities-user/shape';
import { permits, unusedParts } from '../support/evaluate-policy.ts';

const read = { action: 'GetItem', table: 'users' } as const;
const write = { action: 'PutItem', table: 'users' } as const;

describe('the judge of the recorded calls', () => {
  it('permits an action on its own table only', () => {
    const policy = toIamPolicy([{ table, actions: ['GetItem'] }]);

    expect(permits(policy, read)).toBe(true);
    expect(permits(policy, write)).toBe(false);
    expect(permits(policy, { ...read, table: 'orders' })).toBe(false);
    expect(permits(policy, { ...read, index: 'byOwner' })).toBe(false);
  });

  it('permits a write inside of a transaction only where that is asked for', () => {
    const policy = toIamPolicy([{ table, actions: ['PutItem'], onlyInTransactions: true }]);

    expect(permits(policy, { ...write, enclosing: 'TransactWriteItems' })).toBe(true);
    expect(permits(policy, write)).toBe(false);
  });

  it('permits a read of the attributes that are named, and no read of all', () => {
    const policy = toIamPolicy([{ table, actions: ['GetItem'], attributes: ['pk', 'sk', 'role'] }]);

    expect(permits(policy, { ...read, attributes: ['role'] })).toBe(true);
    expect(permits(policy, { ...read, attributes: ['role', 'passwordHash'] })).toBe(false);
    expect(permits(policy, read)).toBe(false);
  });

  it('names what no call needed', () => {
    const policy = toIamPolicy([
      { table, actions: ['GetItem', 'PutItem'] },
      { table, actions: ['GetItem'], attributes: ['pk', 'sk', 'role', 'status'] },
    ]);

    expect(unusedParts(policy, [{ ...read, attributes: ['role'] }])).toEqual([
      expect.stringMatching(/^Users: dynamodb:PutItem on arn:.*\{UsersTableName\}$/),
      'UsersAttributes: attribute status',
    ]);
  });
});
