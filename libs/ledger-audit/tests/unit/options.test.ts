import { createDatabase } from '@cnop/database-core';
import { checkLedger, ledgerRules, type CheckLedgerOptions } from '@cnop/ledger-audit';

const database = createDatabase({
  region: 'us-east-1',
  tables: { users: 'users', ledger: 'ledger', orders: 'orders' },
});

describe(checkLedger, () => {
  it.each<CheckLedgerOptions>([{ segments: 0 }, { segments: 1.5 }, { segments: 1_000_001 }, { maxBroken: -1 }])(
    'refuses %j before it reads anything',
    async (options) => {
      await expect(checkLedger(database, options)).rejects.toMatchObject({
        code: 'CONFIGURATION_INVALID',
        details: { settings: [{ setting: Object.keys(options)[0] }] },
      });
    },
  );

  it('refuses a database without the tables', async () => {
    const other = createDatabase({ region: 'us-east-1', tables: { users: 'users' } });

    await expect(checkLedger(other)).rejects.toMatchObject({ details: { settings: [{ setting: 'tables.ledger' }] } });
  });
});

describe('the rules', () => {
  it.each(Object.entries(ledgerRules))('%s has a kebab-case name and a sentence', (name, { invariant, message }) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect([1, 2, 3, 4, 5, 6]).toContain(invariant);
  });
});
