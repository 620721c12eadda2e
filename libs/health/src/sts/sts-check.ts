import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { DependencyCheckOptions, HealthCheck } from '../health-check.ts';

/** What {@link stsCheck} takes. */
export interface StsCheckOptions extends DependencyCheckOptions {
  readonly client: Pick<STSClient, 'send'>;
  /** Default: `sts`. */
  readonly name?: string;
}

/** A check that the client's credentials are accepted: one GetCallerIdentity, which needs no permission. */
export function stsCheck({ client, name = 'sts', ...settings }: StsCheckOptions): HealthCheck {
  return {
    ...settings,
    name,
    check: async (abortSignal) => {
      await client.send(new GetCallerIdentityCommand({}), { abortSignal });

      return undefined;
    },
  };
}
