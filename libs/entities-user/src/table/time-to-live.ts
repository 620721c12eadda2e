/** The attribute by which DynamoDB cleans up what has expired: sessions and attempts to log in. Nothing depends on it. */
export const TIME_TO_LIVE = 'ttl';

/** A moment, ISO 8601 UTC, as DynamoDB's time to live takes it: whole seconds since 1970, rounded up. */
export const timeToLiveOf = (at: string): number => Math.ceil(Date.parse(at) / 1_000);
