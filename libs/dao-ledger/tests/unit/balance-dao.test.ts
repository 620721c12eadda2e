import { createDatabase } from '@cnop/database-core';
import { sharedErrors } from '@cnop/exceptions';
import { BalanceDao, getBalanceDao } from '../../src/index.ts';
import { ledgerEntities } from '../../src/ledger-entities.ts';
import { openOfflineDatabase } from '../support/offline-database.ts';

describe('BalanceDao', () => {
  it.each(['usd', 'BTC', 'XAU', ''])('refuses at once to register %j as a currency', (code) => {
    const database = openOfflineDatabase();

    expect(() => new BalanceDao({ database, currencies: ['EUR', code] })).toThrow(sharedErrors.ConfigurationError);
  });

  it('refuses at once a database without the ledger table', () => {
    const database = createDatabase({ region: 'us-east-1', tables: { users: 'users' } });

    expect(() => new BalanceDao({ database })).toThrow(sharedErrors.ConfigurationError);
  });
});

describe(getBalanceDao, () => {
  it('gives a DAO with the options', async () => {
    const balances = getBalanceDao(openOfflineDatabase(), { currencies: ['EUR'] });
    const deposit = { owner: 'ada', transactionType: 'DEPOSIT', code: 'USD', amountMinor: 1n } as const;

    await expect(balances.createTransaction(deposit)).rejects.toMatchObject({ code: 'CURRENCY_NOT_REGISTERED' });
  });
});

describe(ledgerEntities, () => {
  it('compiles the writes once per database, however many DAOs there are', () => {
    const [one, other] = [openOfflineDatabase(), openOfflineDatabase()];

    expect(ledgerEntities(one)).toBe(ledgerEntities(one));
    expect(ledgerEntities(one)).not.toBe(ledgerEntities(other));
  });
});
