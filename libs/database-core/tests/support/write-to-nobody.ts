import { executeWrite } from '@cnop/database-core';
import { purchase } from './purchase.ts';
import { openTestDatabase } from './test-database.ts';

/**
 * Prints the code of the error that a write ends in where nobody listens. A program of its own: in Jest's sandbox the AWS SDK takes
 * Node's own errors for no errors and wraps them, and the code of the socket error is lost.
 */
const { database } = openTestDatabase({
  requestHandler: undefined,
  endpoint: 'http://127.0.0.1:1',
  retry: { maxAttempts: 2 },
});

await executeWrite(database, purchase(database)).catch((error: unknown) => {
  console.log((error as { code?: string }).code);
});
