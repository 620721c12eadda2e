import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyOf, roleNames } from '../../src/roles.ts';

const directory = join(__dirname, '../../../../docs/iam');
const read = (page: string) => readFileSync(join(directory, page), 'utf8');

describe('docs/iam', () => {
  it('holds a policy for each role, and no other', () => {
    const pages = readdirSync(directory).filter((name) => name.endsWith('.json'));

    expect(pages.sort()).toEqual(roleNames.map((role) => `${role}.json`).sort());
    for (const role of roleNames) expect(read('README.md')).toContain(`(${role}.json)`);
  });

  it.each(roleNames)('holds for %s what is generated; `npm run docs` writes it', (role) => {
    expect(JSON.parse(read(`${role}.json`))).toEqual(policyOf(role));
  });
});

describe.each(roleNames)('the policy of %s', (role) => {
  const policy = policyOf(role);
  const text = JSON.stringify(policy);

  it('has no wildcard but the label of a stream, statements of different names, and the length of a managed policy, whatever the names of tables', () => {
    const names = policy.Statement.map(({ Sid }) => Sid);

    expect(text.replaceAll('/stream/*"', '"')).not.toMatch(/[*?]/);
    expect(new Set(names).size).toBe(names.length);
    expect(names.join('')).toMatch(/^[A-Za-z0-9]+$/);
    // The most characters of a managed policy, white space apart.
    expect(text.replaceAll(/\$\{\w+TableName\}/g, 'n'.repeat(255)).length).toBeLessThanOrEqual(6_144);
  });

  it('scans only for the auditor, who writes nothing', () => {
    const actions = policy.Statement.flatMap(({ Action }) => Action);

    expect(actions.includes('dynamodb:Scan')).toBe(role === 'ledger-auditor');
    if (role === 'ledger-auditor') expect(actions.filter((action) => /Put|Update|Delete/.test(action))).toEqual([]);
  });
});

describe('what is permitted', () => {
  const insideOfTransaction = {
    'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
  };
  const granted = roleNames.flatMap((role) =>
    policyOf(role).Statement.flatMap((statement) => statement.Action.map((action) => ({ role, action, statement }))),
  );

  it('deletes only in the service of users, inside of a transaction', () => {
    const deletes = granted.filter(({ action }) => action === 'dynamodb:DeleteItem');

    expect(deletes.map(({ role }) => role)).toEqual(['user-service']);
    expect(deletes[0]?.statement.Condition).toEqual(insideOfTransaction);
  });

  it('writes in the service of orders only inside of a transaction', () => {
    const writes = granted.filter(({ role, action }) => role === 'order-service' && /Put|Update|Delete/.test(action));

    expect(writes).toHaveLength(4);
    for (const { statement } of writes) expect(statement.Condition).toEqual(insideOfTransaction);
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
