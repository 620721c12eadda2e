import type { Clock } from '@cnop/utils';
import { createPeriod, type Period } from './period.ts';

/** What a worker knows of an asset, besides what the engine does. */
export interface WatchedAsset {
  readonly assetId: string;
  /** Whether a price is there that was not worked, as far as this worker is concerned. */
  readonly hasNews: boolean;
  /** Whether a price came within the last minutes: orders on it may yet be found late. */
  readonly isRecent: boolean;
  /** Whether the newest price has waited long enough for the worker that went first before. */
  readonly hasWaited: boolean;
  /** Whether the wait after a failure is over. */
  readonly mayTry: boolean;
  /** When it is worked without any news, for what was left unfinished. */
  readonly visits: Period;
  /** When all that is known of it is read anew. */
  readonly reloads: Period;
  /** When the prices of the last day are looked through again. */
  readonly days: Period;
  /** Whether the engine knows anything of it. */
  isLoaded: boolean;
  /** Takes the time of a price in. @returns whether it is news. */
  see(priceAsOf: string | undefined): boolean;
  /** What was seen up to now is worked, by this worker or by the one that goes first. */
  settle(seenAsOf: string | undefined): void;
  readonly seenAsOf: string | undefined;
  /** Notes a failure, and lets the next attempt wait for longer with each in a row. @returns which one in a row it is. */
  fail(): number;
  succeed(): void;
}

/** How long the parts of a worker wait, in milliseconds. */
export interface WatchTimes {
  readonly recentMs: number;
  readonly yieldMs: number;
  readonly visitMs: number;
  readonly reloadMs: number;
  readonly dayMs: number;
  readonly maxRetryMs: number;
}

const FIRST_RETRY_MS = 500;

/** Begins to watch an asset. */
export function watchAsset(assetId: string, clock: Clock, times: WatchTimes): WatchedAsset {
  let seenAsOf: string | undefined;
  let settledAsOf: string | undefined;
  let news: { readonly isRecent: Period; readonly hasWaited: Period } | undefined;
  let failures = 0;
  let retry: Period | undefined;
  const hasNews = () => seenAsOf !== undefined && seenAsOf !== settledAsOf;
  const begin = (ms: number) => {
    const period = createPeriod(clock, ms);
    period.restart();
    return period;
  };

  return {
    assetId,
    get hasNews() {
      return hasNews();
    },
    get isRecent() {
      return news?.isRecent.isOver() === false;
    },
    get hasWaited() {
      return news?.hasWaited.isOver() ?? true;
    },
    get mayTry() {
      return retry?.isOver() ?? true;
    },
    visits: begin(times.visitMs),
    days: begin(times.dayMs),
    reloads: createPeriod(clock, times.reloadMs),
    isLoaded: false,
    see: (priceAsOf) => {
      if (priceAsOf === undefined || (seenAsOf !== undefined && priceAsOf <= seenAsOf)) return false;
      const waited = hasNews() ? news?.hasWaited : undefined;

      seenAsOf = priceAsOf;
      news = { isRecent: begin(times.recentMs), hasWaited: waited ?? begin(times.yieldMs) };
      return true;
    },
    settle: (asOf) => {
      settledAsOf = asOf;
    },
    get seenAsOf() {
      return seenAsOf;
    },
    fail: () => {
      retry = begin(Math.min(FIRST_RETRY_MS * 2 ** failures, times.maxRetryMs));
      failures += 1;
      return failures;
    },
    succeed: () => {
      failures = 0;
      retry = undefined;
    },
  };
}
