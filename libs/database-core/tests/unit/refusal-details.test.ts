import { GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { answerError } from '@cnop/testing';
import { failedRequestOf } from '../../src/failed-requests.ts';
import { refusalDetails } from '../../src/refusal-details.ts';
import { openTestDatabase } from '../support/test-database.ts';

const Key = { pk: { S: 'a' } };
const get = new GetItemCommand({ TableName: 'users', Key });
const onTables = (...names: string[]) =>
  new TransactWriteItemsCommand({
    TransactItems: names.map((TableName) => ({ ConditionCheck: { TableName, Key, ConditionExpression: 'pk = pk' } })),
  });

/** What a client of a database fails with when its request is answered with this error. */
async function failureOf(
  command: GetItemCommand | TransactWriteItemsCommand,
  ...error: Parameters<typeof answerError>
) {
  const { database, http } = openTestDatabase();
  http.script(command instanceof GetItemCommand ? 'GetItem' : 'TransactWriteItems', answerError(...error));
  const sent: Promise<unknown> =
    command instanceof GetItemCommand ? database.writer.send(command) : database.writer.send(command);

  return await sent.then(
    () => undefined,
    (failure: unknown) => failure,
  );
}

describe(refusalDetails, () => {
  it.each([
    ['ResourceNotFoundException', 'TABLE_MISSING'],
    ['AccessDeniedException', 'ACCESS_DENIED'],
    ['CredentialsProviderError', 'CREDENTIALS_UNAVAILABLE'],
    ['TokenProviderError', 'CREDENTIALS_UNAVAILABLE'],
    ['ExpiredTokenException', 'CREDENTIALS_REFUSED'],
    ['ExpiredToken', 'CREDENTIALS_REFUSED'],
    ['RequestExpired', 'CREDENTIALS_REFUSED'],
    ['UnrecognizedClientException', 'CREDENTIALS_REFUSED'],
    ['InvalidSignatureException', 'CREDENTIALS_REFUSED'],
    ['IncompleteSignatureException', 'CREDENTIALS_REFUSED'],
    ['MissingAuthenticationTokenException', 'CREDENTIALS_REFUSED'],
    ['ValidationException', 'OTHER'],
  ])('knows %s as %s', async (name, reason) => {
    expect(refusalDetails(await failureOf(get, name))).toEqual({ operation: 'GetItem', table: 'users', reason });
  });

  it.each([
    'The provided key element does not match the schema',
    'One of the required keys was not given a value',
    'One or more parameter values were invalid: Missing the key pk in the item',
    'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N',
    'Type mismatch for Index Key status',
    'Query condition missed key schema element: pk',
    'The table does not have the specified index: byNothing',
    'The number of conditions on the keys is invalid',
    'Cannot update attribute id. This attribute is not part of the key',
  ])('reads of keys that are not those of the table: %s', async (message) => {
    expect(refusalDetails(await failureOf(get, 'ValidationException', { message }))).toMatchObject({
      reason: 'KEY_SCHEMA',
    });
  });

  it('names the action of IAM and the table of the ARN only where access is denied', async () => {
    const message =
      'x is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:1:table/prod.users-1/index/byOwner';

    expect(refusalDetails(await failureOf(get, 'AccessDeniedException', { message }))).toEqual({
      operation: 'GetItem',
      table: 'prod.users-1',
      reason: 'ACCESS_DENIED',
      action: 'dynamodb:GetItem',
    });
    expect(refusalDetails(await failureOf(get, 'ValidationException', { message }))).toStrictEqual({
      operation: 'GetItem',
      table: 'prod.users-1',
      reason: 'OTHER',
    });
  });

  it('names each table of a transaction once, or those alone whose action was refused', async () => {
    const refused = { Code: 'ValidationError', Message: 'The provided key element does not match the schema' };
    const fields = (...CancellationReasons: object[]) => ({ fields: { CancellationReasons } });
    const tables = ['users', 'ledger', 'users'];

    expect(refusalDetails(await failureOf(onTables(...tables), 'ValidationException'))).toMatchObject({
      table: 'users, ledger',
      reason: 'OTHER',
    });
    expect(
      refusalDetails(
        await failureOf(onTables(...tables), 'TransactionCanceledException', fields({ Code: 'None' }, refused, {})),
      ),
    ).toEqual({ operation: 'TransactWriteItems', table: 'ledger', reason: 'KEY_SCHEMA' });
    // What is not refused says nothing, whatever its message.
    expect(
      refusalDetails(
        await failureOf(onTables(...tables), 'TransactionCanceledException', fields({ ...refused, Code: 'None' })),
      ),
    ).toMatchObject({ table: 'users, ledger', reason: 'OTHER' });
    expect(
      refusalDetails(
        await failureOf(onTables(...tables), 'TransactionCanceledException', fields({ Code: 'ValidationError' })),
      ),
    ).toMatchObject({ table: 'users', reason: 'OTHER' });
  });

  it.each([undefined, null, 'text', new Error('Of another library.')])('knows no request of %p', (failure) => {
    expect(failedRequestOf(failure)).toBeUndefined();
  });

  it('passes on as it is what is thrown and is no error', async () => {
    const { database } = openTestDatabase();
    const failing = jest.fn().mockRejectedValue('a text');
    database.writer.middlewareStack.add(() => failing, { step: 'initialize', priority: 'low' });

    await expect(database.writer.send(get)).rejects.toBe('a text');
  });

  it('says nothing of a request that it does not know', () => {
    expect(refusalDetails(new Error('Of another library.'))).toEqual({ reason: 'OTHER' });
  });

  it('tells a request that had its keys from one that had none', async () => {
    const { database } = openTestDatabase();
    database.writer.middlewareStack.add(() => () => Promise.reject(new Error('It broke.')), {
      step: 'deserialize',
      priority: 'high',
    });
    const failure = await database.writer.send(get).catch((error: unknown) => error);

    expect(failedRequestOf(failure)).toMatchObject({ operation: 'GetItem', reached: 'keys' });
    expect(refusalDetails(failure)).toMatchObject({ reason: 'OTHER' });
  });
});
