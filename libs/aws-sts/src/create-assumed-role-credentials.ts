import { sharedErrors } from '@cnop/exceptions';
import { type Clock, systemClock } from '@cnop/utils';
import { assumeRole } from './assume-role.ts';
import { assertAssumedRole, type AssumedRole, durationSecondsOf, type PlacedRole } from './assumed-role.ts';
import { cacheCredentials, type AwsCredentialProvider, type AwsCredentialSource } from './cache-credentials.ts';
import { assertConnection, type StsConnection } from './call-sts.ts';

/** What {@link createAssumedRoleCredentials} takes. */
export interface AssumedRoleCredentialsOptions extends StsConnection {
  /** The role; or several, each assumed with the keys of the one before it. The keys given out are the last one's. */
  readonly role: AssumedRole | readonly AssumedRole[];
  /**
   * The keys that assume the first role. Default: the SDK's own chain (environment, container, instance, profile).
   *
   * A function, and keys with a session token, count as another role's, which limits the session to an hour; long-term keys do not.
   */
  readonly sourceCredentials?: AwsCredentialSource;
  /** How long before they expire keys are replaced. Default: 300,000 ms. Shorter than every role's duration. */
  readonly refreshMarginMs?: number;
  readonly clock?: Clock;
}

/**
 * Makes a credential provider for AWS SDK v3 clients that assumes a role, or a chain of roles, through STS.
 *
 * Nothing is requested until the first call. From then on keys are kept until they expire and replaced in the background
 * `refreshMarginMs` before; while that fails, the old ones are used. Concurrent callers share one request, for each role of a chain.
 *
 * How long keys last is counted from our own request and `durationSeconds`, so a clock that is off neither gives out dead keys nor asks at
 * every call. Keys that AWS calls expired all the same are dropped by `{ forceRefresh: true }`, which a database of
 * `@cnop/database-core` asks for by itself, as does one role of a chain of the one before it.
 *
 * An AWS SDK client keeps keys itself and asks again only five minutes before they expire, so a longer margin helps direct callers only.
 *
 * @throws {@link sharedErrors.ConfigurationError} at once, naming the setting, when AWS would refuse an option.
 * The provider rejects with {@link sharedErrors.CredentialsUnavailableError}, whose `cause` is a copy of the failure without any secret.
 *
 * @example
 * const credentials = createAssumedRoleCredentials({
 *   region: 'eu-central-1',
 *   role: { roleArn: 'arn:aws:iam::123456789012:role/orders', roleSessionName: 'order-service', externalId: 'f3a1' },
 * });
 * const client = new DynamoDBClient({ region: 'eu-central-1', credentials });
 */
export function createAssumedRoleCredentials(options: AssumedRoleCredentialsOptions): AwsCredentialProvider {
  const { sourceCredentials, refreshMarginMs = 300_000, clock = systemClock } = options;
  const chain = placeRoles(options);

  assertConnection(options);
  chain.forEach(assertAssumedRole);
  assertMargin(refreshMarginMs, chain);

  return chain.reduce<AwsCredentialSource | undefined>(
    (source, { role }) =>
      cacheCredentials({
        load: () => assumeRole(role, { connection: options, source, clock }),
        refreshMarginMs,
        clock,
      }),
    sourceCredentials,
  ) as AwsCredentialProvider; // The chain is never empty, so the last word is always a provider.
}

function placeRoles({ role, sourceCredentials }: AssumedRoleCredentialsOptions): PlacedRole[] {
  const roles = isList(role) ? role : [role];

  if (roles.length === 0) {
    throw new sharedErrors.ConfigurationError({ settings: [{ setting: 'role', rule: 'must have at least one role' }] });
  }

  return roles.map((each, index) => ({
    role: each,
    chained: index > 0 || belongsToSession(sourceCredentials),
    setting: isList(role) ? `role[${index}]` : 'role',
  }));
}

// Array.isArray does not narrow readonly arrays.
const isList = (role: AssumedRole | readonly AssumedRole[]): role is readonly AssumedRole[] => Array.isArray(role);

const belongsToSession = (source: AwsCredentialSource | undefined): boolean =>
  typeof source === 'function' || source?.sessionToken !== undefined;

function assertMargin(refreshMarginMs: number, chain: readonly PlacedRole[]): void {
  const shortestMs = Math.min(...chain.map(({ role }) => durationSecondsOf(role) * 1_000));

  if (!Number.isInteger(refreshMarginMs) || refreshMarginMs < 0 || refreshMarginMs >= shortestMs) {
    throw new sharedErrors.ConfigurationError({
      settings: [
        {
          setting: 'refreshMarginMs',
          rule: 'must be a whole number of milliseconds, not negative and less than every durationSeconds',
        },
      ],
    });
  }
}
