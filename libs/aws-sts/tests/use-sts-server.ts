import type { AssumedRoleCredentialsOptions } from '@cnop/aws-sts';
import { createManualClock, type ManualClock } from '@cnop/utils';

import { makeRole, rootKeys } from './fixtures.ts';
import { startStsServer, type StsServer } from './sts-server.ts';

export const HOUR_MS = 3_600_000;

export interface StsForTests extends Pick<StsServer, 'behave'> {
  readonly clock: ManualClock;
  readonly endpoint: string;
  readonly requests: StsServer['requests'];
  optionsWith(overrides?: Partial<AssumedRoleCredentialsOptions>): AssumedRoleCredentialsOptions;
}

/** Gives each test of the file an STS server of its own, at the start of 2030. */
export function useStsServer(): StsForTests {
  const clock = createManualClock('2030-01-01T00:00:00Z');
  let server: StsServer;

  beforeEach(async () => {
    clock.set('2030-01-01T00:00:00Z');
    server = await startStsServer({ clock, keys: [rootKeys] });
  });

  afterEach(() => server.stop());

  return {
    clock,
    get endpoint() {
      return server.endpoint;
    },
    get requests() {
      return server.requests;
    },
    behave: (behaviour) => {
      server.behave(behaviour);
    },
    optionsWith: (overrides = {}) => ({
      region: 'eu-central-1',
      endpoint: server.endpoint,
      role: makeRole(),
      sourceCredentials: { accessKeyId: rootKeys.accessKeyId, secretAccessKey: rootKeys.secretAccessKey },
      clock,
      ...overrides,
    }),
  };
}
