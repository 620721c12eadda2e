import { randomBytes } from 'node:crypto';
import type { DatabaseOptions } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { sharedErrors } from '@cnop/exceptions';

/** The tables of the suite. */
export const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** The account that the suite runs in, or why it does not run. */
export type AwsTarget =
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'run'; readonly options: DatabaseOptions; readonly prefix: string; readonly isEmulator: boolean };

const prefixRule = 'must be 3 to 64 letters, digits, "_", "." or "-"';

/**
 * Reads from the environment where the suite runs: `CNOP_AWS_TEST=1` and `AWS_REGION`; `CNOP_AWS_TABLE_PREFIX` for the names of its
 * tables, by default a random one; `DYNAMODB_ENDPOINT` to try it on an emulator. Credentials come from the SDK's own chain.
 *
 * @throws {@link sharedErrors.ConfigurationError} naming the variable that is missing or wrong. Sends nothing.
 */
export function awsTargetFromEnv(env: Readonly<Record<string, string | undefined>>): AwsTarget {
  if (env['CNOP_AWS_TEST'] !== '1') {
    return { kind: 'skip', reason: 'CNOP_AWS_TEST is not 1: nothing is sent to AWS.' };
  }
  const { AWS_REGION: region, DYNAMODB_ENDPOINT: endpoint } = env;
  const prefix = env['CNOP_AWS_TABLE_PREFIX'] || `cnop-test-${randomBytes(6).toString('hex')}`;
  if (!region)
    throw new sharedErrors.ConfigurationError({ settings: [{ setting: 'AWS_REGION', rule: 'is required' }] });
  if (!/^[A-Za-z0-9_.-]{3,64}$/.test(prefix)) {
    throw new sharedErrors.ConfigurationError({ settings: [{ setting: 'CNOP_AWS_TABLE_PREFIX', rule: prefixRule }] });
  }
  const tables = Object.fromEntries(shapes.map(({ name }) => [name, `${prefix}-${name}`]));

  return {
    kind: 'run',
    prefix,
    isEmulator: Boolean(endpoint),
    options: { region, tables, ...(endpoint && { endpoint }) },
  };
}
