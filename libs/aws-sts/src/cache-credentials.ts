import type { Clock } from '@cnop/utils';
import type { STSClientConfig } from '@aws-sdk/client-sts';

/** Keys with a known end. */
export interface ExpiringCredentials extends AwsCredentialIdentity {
  readonly expiration: Date;
}

export interface CredentialCacheOptions {
  readonly load: () => Promise<ExpiringCredentials>;
  /** How long before their end the keys are replaced. */
  readonly refreshMarginMs: number;
  readonly clock: Clock;
}

/** At most one early refresh starts in this time, so that an STS that fails is not called by every request. */
const EARLY_REFRESH_PAUSE_MS = 10_000;

/**
 * Keeps what `load` gives until it expires, and replaces it `refreshMarginMs` before.
 *
 * An early refresh runs in the background while callers go on with the old keys, so none of them waits for it and none of them sees it
 * fail. Callers wait only for the first keys and for those that replace expired ones. One load at a time, whatever the callers.
 * A caller whose keys were refused as expired forces a refresh: those that are kept are dropped.
 */
export function cacheCredentials(options: CredentialCacheOptions): AwsCredentialProvider {
  const { load, refreshMarginMs, clock } = options;
  let held: ExpiringCredentials | undefined;
  let loading: Promise<ExpiringCredentials> | undefined;
  let nextEarlyRefreshAt = 0;

  async function loadAndHold(): Promise<ExpiringCredentials> {
    try {
      held = await load();

      return held;
    } finally {
      loading = undefined;
    }
  }

  const refresh = (): Promise<ExpiringCredentials> => (loading ??= loadAndHold());

  return async ({ forceRefresh = false } = {}) => {
    if (forceRefresh) held = undefined;
    const now = clock.now().getTime();
    const remainingMs = held === undefined ? 0 : held.expiration.getTime() - now;

    if (held === undefined || remainingMs <= 0) {
      return copyOf(await refresh());
    }

    if (remainingMs <= refreshMarginMs && now >= nextEarlyRefreshAt) {
      nextEarlyRefreshAt = now + EARLY_REFRESH_PAUSE_MS;
      // The old keys still hold; if this fails until they end, the caller that then waits gets the error.
      refresh().catch(() => undefined);
    }

    return copyOf(held);
  };
}

// AWS SDK clients write on what they are given.
const copyOf = (credentials: ExpiringCredentials): AwsCredentialIdentity => ({ ...credentials });

/** A set of AWS keys: the AWS SDK's own type, taken from client-sts so that no further package is needed. */
export type AwsCredentialIdentity = Exclude<Credentials, AnyFunction>;

/** What an AWS SDK v3 client passes to a provider. */
export interface CredentialRequest {
  /** Whether the keys that were given last are of no use any more, though they may seem to be. */
  readonly forceRefresh?: boolean;
}

/** What an AWS SDK v3 client takes as `credentials`, when it is a function. */
export type AwsCredentialProvider = (request?: CredentialRequest) => Promise<AwsCredentialIdentity>;

/** Keys, or a provider of keys: what an AWS SDK v3 client takes as `credentials`. */
export type AwsCredentialSource = AwsCredentialIdentity | AwsCredentialProvider;

type Credentials = NonNullable<STSClientConfig['credentials']>;

type AnyFunction = (...args: never[]) => unknown;
