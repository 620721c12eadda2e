import { createDatabase, databaseOptionsFromEnv } from '@cnop/database-core';
import { checkLedger } from '@cnop/ledger-audit';

const database = createDatabase(databaseOptionsFromEnv(process.env));

const { brokenCount, counts } = await checkLedger(database, {
  segments: 8,
  onBroken: ({ rule, owner, expected, found, items }) => {
    console.error(rule, owner, { expected, found }, items);
  },
});
console.log(`${brokenCount} broken invariants in ${counts.transactions} journal entries`);
database.close();
