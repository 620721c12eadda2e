import type { STSClientConfig } from '@aws-sdk/client-sts';
import { ConfigurationError } from '@cnop/exceptions';

/** How to reach STS. */
export interface StsConnection {
  /** Region of the STS endpoint; the keys it hands out work in every Region that is enabled. */
  readonly region: string;
  /** Another endpoint than the Region's own: a VPC endpoint or a local STS. */
  readonly endpoint?: string;
  /** How long one call may take, its retries and the reading of the source credentials included. Default: 5,000 ms. */
  readonly timeoutMs?: number;
  /** The SDK's HTTP handler, for a proxy or the like. It stays the caller's to destroy. */
  readonly requestHandler?: STSClientConfig['requestHandler'];
}

export const DEFAULT_TIMEOUT_MS = 5_000;

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** @throws {@link ConfigurationError} naming the first wrong setting. */
export function assertConnection({ region, endpoint, timeoutMs = DEFAULT_TIMEOUT_MS }: StsConnection): void {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(region)) {
    throw new ConfigurationError({ settings: [{ setting: 'region', rule: 'must be the name of an AWS Region' }] });
  }

  if (endpoint !== undefined && !isHttpUrl(endpoint)) {
    throw new ConfigurationError({ settings: [{ setting: 'endpoint', rule: 'must be an http or https URL' }] });
  }

  if (!Number.isInteger(timeoutMs) || timeoutMs < 1) {
    throw new ConfigurationError({
      settings: [{ setting: 'timeoutMs', rule: 'must be a positive whole number of milliseconds' }],
    });
  }
}
