import { createDatabase } from '@cnop/database-core';
import { errorCatalogue } from '@cnop/exceptions';
import { createStackService } from '../create-stack-service.ts';
import { httpApiPageText, type ApiDocument } from './page-text.ts';

/** The text of docs/http-api.md, from the routes of all services as they describe themselves. Reaches no database. */
export async function httpApiPage(): Promise<string> {
  const database = createDatabase({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    tables: { users: 'users', orders: 'orders', inventory: 'inventory' },
  });
  const service = await createStackService({ database });

  try {
    await service.ready();
    return httpApiPageText(service.swagger() as ApiDocument, errorCatalogue);
  } finally {
    await service.close();
    database.close();
  }
}
