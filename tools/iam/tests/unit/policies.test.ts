import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IamPolicy } from '@cnop/database-core/infrastructure';
import { policyOf, roleNames } from '../../src/policy-of.ts';

const directory = join(__dirname, '../../../../docs/iam');
const readPolicy = (role: string) => JSON.parse(readFileSync(join(directory, `${role}.json`), 'utf8')) as IamPolicy;
const readme = readFileSync(join(directory, 'README.md'), 'utf8');

/** A managed policy has at most so many characters, white space apart. */
const MAX_POLICY = 6_144;

describe('docs/iam', () => {
  it('holds a policy for each role, and no other', () => {
    const pages = readdirSync(directory).filter((name) => name.endsWith('.json'));

    expect(pages.sort()).toEqual(roleNames.map((role) => `${role}.json`).sort());
    for (const role of roleNames) expect(readme).toContain(`(${role}.json)`);
  });

  it.each(roleNames)('holds for %s what is generated; `npm run docs` writes it', (role) => {
    expect(readPolicy(role)).toEqual(policyOf(role));
  });
});

describe.each(roleNames)('the policy of %s', (role) => {
  const policy = policyOf(role);
  const text = JSON.stringify(policy);

  it('has no wildcard, in actions and resources', () => {
    expect(text).not.toMatch(/[*?]/);
  });

  it('fits into a managed policy, with physical names as long as they may be', () => {
    expect(text.replaceAll(/\$\{\w+TableName\}/g, 'n'.repeat(255)).length).toBeLessThanOrEqual(MAX_POLICY);
  });

  it('has statements of different names, of letters and digits', () => {
    const names = policy.Statement.map(({ Sid }) => Sid);

    expect(new Set(names).size).toBe(names.length);
    expect(names.join('')).toMatch(/^[A-Za-z0-9]+$/);
  });

  it('scans only for the auditor, who writes nothing', () => {
    const actions = policy.Statement.flatMap(({ Action }) => Action);

    expect(actions.includes('dynamodb:Scan')).toBe(role === 'ledger-auditor');
    if (role === 'ledger-auditor') expect(actions.filter((action) => /Put|Update|Delete/.test(action))).toEqual([]);
  });
});

describe('what is permitted', () => {
  const granted = roleNames.flatMap((role) =>
    policyOf(role).Statement.flatMap((statement) => statement.Action.map((action) => ({ role, action, statement }))),
  );

  it('deletes only in the service of users, inside of a transaction', () => {
    const deletes = granted.filter(({ action }) => action === 'dynamodb:DeleteItem');

    expect(deletes.map(({ role }) => role)).toEqual(['user-service']);
    expect(deletes[0]?.statement.Condition).toEqual({
      'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
    });
  });

  it('writes in the service of orders only inside of a transaction', () => {
    const writes = granted.filter(({ role, action }) => role === 'order-service' && /Put|Update|Delete/.test(action));

    expect(writes).toHaveLength(4);
    for (const { statement } of writes) {
      expect(statement.Condition).toEqual({
        'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
      });
    }
  });

  it('reads the whole of a user only in the service of users, and for the auditor', () => {
    const users = granted.filter(
      ({ action, statement }) =>
        /GetItem|Query|Scan/.test(action) && statement.Resource.some((resource) => resource.includes('Users')),
    );
    const limited = users.filter(({ statement }) => statement.Condition?.['ForAllValues:StringEquals']);

    expect([...new Set(limited.map(({ role }) => role))]).toEqual(['order-service', 'inventory-service']);
    expect([...new Set(users.filter((each) => !limited.includes(each)).map(({ role }) => role))]).toEqual([
      'user-service',
      'ledger-auditor',
    ]);
    for (const { statement } of limited) expect(JSON.stringify(statement)).not.toMatch(/passwordHash|email|phone/);
  });
});
