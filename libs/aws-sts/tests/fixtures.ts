import type { AssumedRole } from '@cnop/aws-sts';

import type { KnownKeys } from './sts-server.ts';

export const rootKeys: KnownKeys = {
  accessKeyId: 'AKIAROOT',
  secretAccessKey: 'root/secret+key',
  arn: 'arn:aws:iam::123456789012:user/root-user',
};

export const makeRole = (overrides: Partial<AssumedRole> = {}): AssumedRole => ({
  roleArn: 'arn:aws:iam::123456789012:role/orders',
  roleSessionName: 'order-service',
  ...overrides,
});

/** The error a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It was expected to reject.');
}
