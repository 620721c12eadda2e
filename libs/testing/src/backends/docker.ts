import type { DynamoDbBackend } from '../dynamodb-backend.ts';

export const dockerBackend: DynamoDbBackend = {
  name: 'docker',
  whyUnavailable: () => Promise.resolve('not supported yet'),
  start: () => Promise.reject(new Error('not supported yet')),
};
