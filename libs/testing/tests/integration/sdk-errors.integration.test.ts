import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  GetItemCommand,
  InternalServerError,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  ThrottlingException,
  TransactGetItemsCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  answerError,
  cancelTransaction,
  conflict,
  createFaultInjector,
  everyCall,
  expireToken,
  internalServerError,
  script,
  throttle,
  transactionInProgress,
  type Fault,
} from '@cnop/testing';
import { connect, errorOf, item, keyOf, useTestTable } from '../support/test-table.ts';

// What the AWS SDK makes of an injected answer must be what it makes of DynamoDB's own.

const table = useTestTable();

const put = (sk: string) => new PutItemCommand({ TableName: table.name, Item: item(sk) });
const transaction = (...keys: string[]) =>
  new TransactWriteItemsCommand({
    TransactItems: keys.map((sk) => ({
      Put: {
        TableName: table.name,
        Item: item(sk),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    })),
  });

/** Everything of an error that a caller may read, but for what differs from request to request. */
function shapeOf(error: Error): Record<string, unknown> {
  const { httpStatusCode, attempts, totalRetryDelay } = (error as Partial<DynamoDBServiceException>).$metadata ?? {};
  const { name, message, constructor } = error;

  return {
    ...Object.fromEntries(Object.entries(error).filter(([key]) => key !== '$metadata' && key !== '$response')),
    ...{ name, message, class: constructor.name, $metadata: { httpStatusCode, attempts, totalRetryDelay } },
  };
}

describe('an injected answer', () => {
  it('of a cancelled transaction is reported as a real one is, old item included', async () => {
    await table.put('taken');
    const { client } = table.faulty({
      plan: everyCall(cancelTransaction('None', { Code: 'ConditionalCheckFailed', Item: item('taken') })),
    });

    const real = await errorOf(table.client.send(transaction('free', 'taken')));
    const injected = await errorOf(client.send(transaction('free', 'taken')));

    expect(shapeOf(injected)).toEqual(shapeOf(real));
    expect(injected).toBeInstanceOf(TransactionCanceledException);
    expect(injected).toHaveProperty('CancellationReasons', [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: item('taken') },
    ]);
  });

  it('of a failed condition is reported as a real one is', async () => {
    await table.put('taken');
    const command = new PutItemCommand({
      TableName: table.name,
      Item: item('taken'),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const fault = answerError('ConditionalCheckFailedException', { fields: { Item: item('taken') } });

    const real = await errorOf(table.client.send(command));
    const injected = await errorOf(table.faulty({ plan: everyCall(fault) }).client.send(command));

    expect(shapeOf(injected)).toEqual(shapeOf(real));
    expect(injected).toBeInstanceOf(ConditionalCheckFailedException);
  });

  const reasons: [Fault, string[]][] = [
    [cancelTransaction('TransactionConflict'), ['TransactionConflict', 'None', 'None']],
    [
      cancelTransaction('ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError'),
      ['ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError'],
    ],
    [conflict({ at: 2 }), ['None', 'None', 'TransactionConflict']],
  ];

  it.each(reasons)('of a transaction names a reason for each action, case %#', async (fault, codes) => {
    const { client, faults } = table.faulty({ plan: everyCall(fault) });

    const error = await errorOf(client.send(transaction('a', 'b', 'c')));

    expect(error).toBeInstanceOf(TransactionCanceledException);
    expect(error).toMatchObject({
      name: 'TransactionCanceledException',
      message: expect.stringContaining(`[${codes.join(', ')}]`) as string,
      CancellationReasons: codes.map((Code) => ({ Code })),
      $metadata: { httpStatusCode: 400 },
    });
    expect(faults.calls[0]).toMatchObject({ carriedOut: false });
  });

  it('of a conflict cancels a transaction of reads too', async () => {
    const { client } = table.faulty({ plan: everyCall(conflict({ at: 0 })) });
    const command = new TransactGetItemsCommand({
      TransactItems: [{ Get: { TableName: table.name, Key: keyOf('a') } }],
    });

    const error = await errorOf(client.send(command));

    expect(error).toMatchObject({ CancellationReasons: [{ Code: 'TransactionConflict' }] });
  });

  interface Expected {
    readonly name: string;
    readonly fault: Fault;
    readonly type?: abstract new (...args: never[]) => Error;
    readonly status?: number;
  }
  const errors: Expected[] = [
    { name: 'TransactionConflictException', fault: conflict(), type: TransactionConflictException },
    { name: 'ProvisionedThroughputExceededException', fault: throttle(), type: ProvisionedThroughputExceededException },
    { name: 'ThrottlingException', fault: throttle('ThrottlingException'), type: ThrottlingException },
    { name: 'InternalServerError', fault: internalServerError(), type: InternalServerError, status: 500 },
    { name: 'ExpiredTokenException', fault: expireToken() },
    { name: 'ServiceUnavailable', fault: answerError('ServiceUnavailable'), status: 503 },
    { name: 'AccessDeniedException', fault: answerError('AccessDeniedException') },
    {
      name: 'GatewayTimeout',
      fault: answerError('GatewayTimeout', { status: 504, message: 'Too late.' }),
      status: 504,
    },
  ];

  it.each(errors)(
    'of $name is reported as such, and nothing is written',
    async ({ name, fault, type, status = 400 }) => {
      const { client } = table.faulty({ plan: everyCall(fault) });

      const error = await errorOf(client.send(put('refused')));

      expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status, attempts: 1 } });
      expect(error).toBeInstanceOf(type ?? DynamoDBServiceException);
      expect(await table.keys()).not.toContain('refused');
    },
  );

  it('of a transaction in progress is reported as such', async () => {
    const { client } = table.faulty({ plan: everyCall(transactionInProgress()) });

    const error = await errorOf(client.send(transaction('in-progress')));

    expect(error).toBeInstanceOf(TransactionInProgressException);
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 400 } });
    expect(await table.keys()).not.toContain('in-progress');
  });

  it('of an internal error may hide that the request was carried out', async () => {
    const { client, faults } = table.faulty({ plan: everyCall(internalServerError({ carriedOut: true })) });

    const error = await errorOf(client.send(put('hidden')));

    expect(error).toBeInstanceOf(InternalServerError);
    expect(await table.keys()).toContain('hidden');
    expect(faults.calls[0]).toMatchObject({ fault: 'InternalServerError (carried out)', carriedOut: true });
  });

  it('makes the SDK retry what it would retry', async () => {
    const faults = createFaultInjector({ plan: script([throttle(), internalServerError()]) });
    const client = connect(faults, 3);
    await table.put('there');

    const { Item, $metadata } = await client.send(new GetItemCommand({ TableName: table.name, Key: keyOf('there') }));

    expect(Item).toEqual(item('there'));
    expect($metadata.attempts).toBe(3);
    client.destroy();
  });
});
