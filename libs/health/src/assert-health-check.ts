import { ConfigurationError } from '@cnop/exceptions';

import type { CheckKind, HealthCheck } from './health-check.ts';

const kinds: ReadonlySet<string> = new Set<CheckKind>(['liveness', 'readiness', 'startup']);

export interface CheckTiming {
  readonly timeoutMs: number;
  readonly cacheMs: number;
}

/** @throws {@link ConfigurationError} naming the setting. */
export function assertTiming({ timeoutMs, cacheMs }: CheckTiming): void {
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1) {
    throw new ConfigurationError({
      settings: [{ setting: 'timeoutMs', rule: 'must be a positive whole number of milliseconds' }],
    });
  }

  if (!Number.isInteger(cacheMs) || cacheMs < 0) {
    throw new ConfigurationError({
      settings: [{ setting: 'cacheMs', rule: 'must be a whole number of milliseconds, not negative' }],
    });
  }
}

/** @throws {@link ConfigurationError} naming the first wrong setting of the check. */
export function assertHealthCheck(check: Required<HealthCheck>): void {
  if (!/^[\w.:/-]{1,300}$/.test(check.name)) {
    throw new ConfigurationError({
      settings: [{ setting: 'name', rule: 'must be 1 to 300 characters of A-Z a-z 0-9 _ . : / -' }],
    });
  }

  if (check.kinds.length === 0 || !check.kinds.every((kind) => kinds.has(kind))) {
    throw new ConfigurationError({
      settings: [{ setting: 'kinds', rule: 'must be one or more of liveness, readiness, startup' }],
    });
  }

  assertTiming(check);
}
