import { createDatabase, deleteTables } from '@cnop/database-core';
import { registerAnn } from '../../examples/readme.ts';

describe('the example of the README', () => {
  it('registers a name once', async () => {
    const endpoint = process.env['DYNAMODB_ENDPOINT']!;

    await registerAnn(endpoint);

    await expect(registerAnn(endpoint)).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  });

  afterAll(async () => {
    const database = createDatabase({
      region: 'eu-west-1',
      endpoint: process.env['DYNAMODB_ENDPOINT'],
      tables: { users: 'dev-users' },
    });
    await deleteTables(database, [{ name: 'users', partitionKey: { name: 'pk', type: 'S' }, indexes: [] }]);
    database.close();
  });
});
