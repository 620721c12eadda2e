import { createDatabase, databaseSettings } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { checkLedger } from '@cnop/ledger-audit';
import { readEnvironment } from '@cnop/validation';

const settings = databaseSettings([ledgerTableShape, ordersTableShape, usersTableShape]);
const database = createDatabase(readEnvironment(settings, process.env));

const { brokenCount, counts } = await checkLedger(database, {
  segments: 8,
  onBroken: ({ rule, owner, expected, found, items }) => {
    console.error(rule, owner, { expected, found }, items);
  },
});
console.log(`${brokenCount} broken invariants in ${counts.transactions} journal entries`);
database.close();
