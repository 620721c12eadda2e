import type { DynamoDbBackend } from '../dynamodb-backend.ts';

export const javaBackend: DynamoDbBackend = {
  name: 'java',
  whyUnavailable: () => Promise.resolve('not supported yet'),
  start: () => Promise.reject(new Error('not supported yet')),
};
