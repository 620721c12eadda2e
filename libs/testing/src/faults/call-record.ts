/** What became of one network call. It changes while the call is under way. */
export interface CallRecord {
  /** 1 for the first call of the injector. */
  readonly index: number;
  /** The operation, e.g. `TransactWriteItems`. */
  readonly target: string;
  /** The name of what befell it; `none` when it simply passed. */
  readonly fault: string;
  /** The body as the caller sent it. */
  readonly body: string;
  /** The status that the service itself answered; absent while, or if, the request did not get there. */
  readonly statusCode?: number;
  /** When the service answered, in milliseconds since 1970. */
  readonly landedAtMs?: number;
  /** Whether the service has carried the request out, whatever the caller was told. */
  readonly carriedOut: boolean;
}

/** A record that its injector still writes to. */
export type OpenRecord = { -readonly [TName in keyof CallRecord]: CallRecord[TName] };
