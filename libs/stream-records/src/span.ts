/** A time that passes, by a clock that may be set back. */
export interface Span {
  /** Milliseconds since 1970, as is `nowMs` below. */
  readonly since: number;
  readonly ms: number;
}

/** Whether a span has passed. It has, too, when the clock was set to before it began: nobody waits an hour for an hour that repeats. */
export const isOver = (span: Span | undefined, nowMs: number): boolean =>
  span === undefined || nowMs < span.since || nowMs - span.since >= span.ms;
