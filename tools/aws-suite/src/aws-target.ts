import { randomBytes } from 'node:crypto';
import type { DatabaseOptions } from '@cnop/database-core';
import { ConfigurationError } from '@cnop/exceptions';

/** The account that the suite runs in, or why it does not run. */
export type AwsTarget =
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'run'; readonly options: DatabaseOptions; readonly prefix: string; readonly isEmulator: boolean };

const prefixPattern = /^[A-Za-z0-9_.-]{3,64}$/;

/**
 * Reads from the environment where the suite is to run: `CNOP_AWS_TEST=1` and `AWS_REGION`; `CNOP_AWS_TABLE_PREFIX` for the names of its tables, by
 * default one drawn by chance; `DYNAMODB_ENDPOINT` to try it on an emulator. Credentials come from the SDK's own chain.
 *
 * @throws {@link ConfigurationError} naming the variable that is missing or wrong. Sends nothing.
 */
export function awsTargetFromEnv(env: Readonly<Record<string, string | undefined>>): AwsTarget {
  if (env['CNOP_AWS_TEST'] !== '1') {
    return { kind: 'skip', reason: 'CNOP_AWS_TEST is not 1: nothing is sent to AWS.' };
  }
  const { AWS_REGION: region, DYNAMODB_ENDPOINT: endpoint } = env;
  const prefix = env['CNOP_AWS_TABLE_PREFIX'] || `cnop-test-${randomBytes(6).toString('hex')}`;
  if (!region) throw new ConfigurationError({ settings: [{ setting: 'AWS_REGION', rule: 'is required' }] });
  if (!prefixPattern.test(prefix)) {
    throw new ConfigurationError({
      settings: [
        {
          setting: 'CNOP_AWS_TABLE_PREFIX',
          rule: 'must be 3 to 64 letters, digits, "_", "." or "-"',
        },
      ],
    });
  }

  return {
    kind: 'run',
    prefix,
    isEmulator: Boolean(endpoint),
    options: {
      region,
      ...(endpoint && { endpoint }),
      tables: Object.fromEntries(['users', 'ledger', 'orders', 'inventory'].map((name) => [name, `${prefix}-${name}`])),
    },
  };
}
