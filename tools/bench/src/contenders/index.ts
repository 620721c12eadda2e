import type { Contender } from './contender.ts';

/** The contenders by name; each is loaded only in the process that measures it. */
export const contenders = {
  'client-dynamodb': async () => (await import('./requests.ts')).openBare,
  'lib-dynamodb': async () => (await import('./requests.ts')).openLibDynamodb,
  'dynamodb-toolbox': async () => (await import('./toolbox.ts')).openToolbox,
  electrodb: async () => (await import('./electrodb.ts')).openElectrodb,
  'dynamodb-onetable': async () => (await import('./onetable.ts')).openOnetable,
  dynamoose: async () => (await import('./dynamoose.ts')).openDynamoose,
  cnop: async () => (await import('./cnop.ts')).openCnop,
} satisfies Record<string, () => Promise<Contender>>;

/** The name of one of the {@link contenders}. */
export type ContenderName = keyof typeof contenders;
