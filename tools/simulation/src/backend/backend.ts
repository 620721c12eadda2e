import type { DatabaseOptions } from '@cnop/database-core';
import type { SdkRequestHandler } from '@cnop/testing';
import type { Clock, Sleep } from '@cnop/utils';
import type { Observer } from '../client/attempt.ts';
import type { RandomSource } from '../random-source.ts';
import type { Violation } from '../judge/violation.ts';
import type { Delays } from './faults.ts';

/** A DynamoDB that clients work on, with the time that passes there: one in this process and in virtual time, or a real one. */
export interface Backend {
  readonly connection: Pick<DatabaseOptions, 'region' | 'endpoint' | 'credentials' | 'tables'>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly delays: Delays;
  /** How long clients wait at most before a step, and before they repeat something with more patience, in milliseconds. */
  readonly pauseMs: number;
  readonly longPauseMs: number;
  /** What carries the requests of one call out; the observer is told of them. */
  connect(observer: Observer, random: RandomSource): SdkRequestHandler;
  /** Time does not pass while an actor has something to do. */
  startActor: () => Actor;
  /** Lets everybody act until this work is done and nothing is under way any more. */
  complete<TResult>(work: Promise<TResult>): Promise<TResult>;
  /** How many requests met a transaction of another client, or an earlier request of their own. */
  readonly conflicts: () => number;
  /** What was seen from within that can never be. */
  readonly violations: readonly Violation[];
}

export interface Actor {
  /** It has nothing to do until this has ended. */
  wait<TResult>(work: Promise<TResult>): Promise<TResult>;
  /** It never has anything to do again. */
  readonly end: () => void;
}
