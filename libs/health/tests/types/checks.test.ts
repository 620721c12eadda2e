import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { STSClient } from '@aws-sdk/client-sts';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HealthCheck, HealthRegistry } from '@cnop/health';
import { dynamoDbCheck, dynamoDbChecks, type DynamoDbCheckOptions } from '@cnop/health/dynamodb';
import { stsCheck, type StsCheckOptions } from '@cnop/health/sts';
import { expectTypeOf } from 'expect-type';

describe('types', () => {
  it('takes checks that end with nothing or with an outcome, and no others', () => {
    expectTypeOf<() => undefined>().toExtend<HealthCheck['check']>();
    expectTypeOf<() => Promise<undefined>>().toExtend<HealthCheck['check']>();
    expectTypeOf<() => Promise<{ status: 'warn' }>>().toExtend<HealthCheck['check']>();
    expectTypeOf<() => Promise<boolean>>().not.toExtend<HealthCheck['check']>();
    const awaiting: HealthCheck = {
      name: 'redis',
      check: async () => {
        await Promise.resolve('PONG');
      },
    };

    expectTypeOf(awaiting).toExtend<Parameters<HealthRegistry['register']>[0]>();
  });

  it('makes checks that a registry takes', () => {
    expectTypeOf(dynamoDbCheck).returns.toEqualTypeOf<HealthCheck>();
    expectTypeOf(dynamoDbChecks).returns.toEqualTypeOf<HealthCheck[]>();
    expectTypeOf(stsCheck).returns.toEqualTypeOf<HealthCheck>();
  });

  it('takes the plain client and the document client', () => {
    expectTypeOf<DynamoDBClient>().toExtend<DynamoDbCheckOptions['client']>();
    expectTypeOf<DynamoDBDocumentClient>().toExtend<DynamoDbCheckOptions['client']>();
    expectTypeOf<STSClient>().toExtend<StsCheckOptions['client']>();
  });

  it('refuses a liveness check of another service', () => {
    expectTypeOf<'liveness'[]>().not.toExtend<DynamoDbCheckOptions['kinds']>();
    expectTypeOf<'liveness'[]>().not.toExtend<StsCheckOptions['kinds']>();
    expectTypeOf<('readiness' | 'startup')[]>().toExtend<StsCheckOptions['kinds']>();
  });
});
