import { expectTypeOf } from 'expect-type';
import { isolatedTables, type RunningDynamoDb, startDynamoDb, type StartDynamoDbOptions } from '@cnop/testing';

describe('public types', () => {
  it('keep the logical names of isolated tables', () => {
    expectTypeOf(isolatedTables(['users', 'orders'])).toEqualTypeOf<Record<'users' | 'orders', string>>();
  });

  it('give what an AWS client is configured with', () => {
    expectTypeOf(startDynamoDb).returns.resolves.toEqualTypeOf<RunningDynamoDb>();
    expectTypeOf<RunningDynamoDb>().toExtend<{
      endpoint: string;
      region: string;
      credentials: { accessKeyId: string; secretAccessKey: string };
    }>();
  });

  it('refuse a backend that cannot be started', () => {
    expectTypeOf<['endpoint']>().not.toExtend<NonNullable<StartDynamoDbOptions['prefer']>>();
  });
});
