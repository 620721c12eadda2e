import { randomUUID } from 'node:crypto';
import { type DomainError, isDomainError, sharedErrors } from '@cnop/exceptions';
import type { RawItem } from '@cnop/stored-items';
import { fullJitterDelay, type RetryPolicy } from '@cnop/utils';
import { databaseFailure } from './database-failure.ts';
import type { Database } from './database.ts';
import { outcomeOf, tellRetry } from './observe-database.ts';
import { type RetryBudget, unlimitedRetries } from './retry-budget.ts';
import { readGuard } from './read-transaction.ts';
import { toWireWrite, type WriteAction, type WriteGuard } from './write-action.ts';
import { type AttemptResult, attemptWrite, type CancellationReason } from './write-attempt.ts';

/** A write that takes effect as a whole or not at all, and at most once. */
export interface WritePlan {
  /** Names the operation in an OUTCOME_UNKNOWN, together with `reference`. */
  readonly operation: string;
  /** The ids by which the caller can look up what became of it. */
  readonly reference?: Readonly<Record<string, string>>;
  readonly guard: WriteGuard;
  readonly actions?: readonly WriteAction[];
  /** How it is retried. Default: as all writes of the database are. */
  readonly retry?: WriteRetry;
}

/** How a write is retried that must not lose against others, such as a halt against the prices that keep coming. */
export interface WriteRetry extends RetryPolicy {
  /** When the last attempt may begin, by our clock; in milliseconds since 1970. */
  readonly until: number;
}

/** What became of a write that was not refused. */
export interface WriteOutcome {
  /** Whether it had been carried out before, by another call. */
  readonly replayed: boolean;
  /**
   * The guarded item: after a replay as it stood then; after a single update as it is now; after a single put what was put;
   * after a transaction that was carried out now `undefined`, unless an answer was lost and the item told of the success; an update
   * that the database sends as a transaction is one.
   */
  readonly item?: RawItem;
}

type FailedAttempt = Exclude<AttemptResult, { readonly kind: 'committed' }>;

/** What the guard says of a write that met it. */
type GuardVerdict =
  { readonly kind: 'done'; readonly outcome: WriteOutcome } | { readonly kind: 'final'; readonly refusal: DomainError };

type Verdict = GuardVerdict | { readonly kind: 'refused'; readonly refusal: DomainError } | { readonly kind: 'retry' };

/**
 * Carries out a write: the guard alone as a plain conditional write, with further actions as one TransactWriteItems.
 *
 * Conflicts, throttles and unknown outcomes are retried with capped full jitter; every attempt is the identical request under
 * the same client request token. A cancellation is read in a fixed order: the guard's condition (own earlier attempt, replay or
 * key reuse), the guard's conflict (retry), any other failed condition (refusal), then conflicts and throttles (retry). Before a
 * refusal under a key that the caller named, the guard is read. A refusal is reported only when no earlier attempt can still
 * take effect; where that is in doubt a fence is written first.
 *
 * Cost: one request where nothing fails; a transaction of n items of up to 1 KB costs 2n write units, a plain write 1, or 2 where
 * the database sends single writes as transactions.
 *
 * @throws the DomainError that the failed action names; {@link sharedErrors.OutcomeUnknownError} when it stays unknown whether the write took
 *   effect; ContentionError, ThrottledError, WriteExpiredError, ClockOffError, DatabaseUnavailableError or DatabaseError when it
 *   certainly did not.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html}
 */
export async function executeWrite(database: Database, plan: WritePlan): Promise<WriteOutcome> {
  return await attemptUntilKnown(database, plan, { budget: database.retryBudget });
}

async function attemptUntilKnown(
  database: Database,
  plan: WritePlan,
  { budget, isFence = false }: { readonly budget: RetryBudget; readonly isFence?: boolean },
): Promise<WriteOutcome> {
  const { guard, actions = [], retry = database.retry } = plan;
  const writes = [toWireWrite(guard.write), ...actions.map(({ write }) => toWireWrite(write))] as const;
  const token = randomUUID();
  const deadline = database.clock.now().getTime() + sendWithinMs;
  const isLate = () => database.clock.now().getTime() > deadline;
  let mayLand = false;
  let wasExpired = false;
  let taken: number | undefined;

  for (let attempt = 1; ; attempt += 1) {
    const clockOff = isFence || mayLand ? undefined : database.clockWatch.refusal();
    if (clockOff) return await refuseByClock(database, plan, clockOff);
    if (isLate()) return await expire(database, plan, mayLand);
    const result = await attemptWrite(database, writes, { token, deadline });
    if (result.kind === 'refused' && isLate()) return await expire(database, plan, mayLand);
    if (result.kind === 'committed') {
      budget.giveBack(taken);
      return { replayed: false, item: actions.length === 0 ? (result.item ?? guard.write.Put?.Item) : undefined };
    }
    if (result.kind === 'unknown' || result.kind === 'in-progress') mayLand = true;

    const verdict = judge(plan, result, mayLand);
    // A condition was judged: the store is at work.
    if (verdict.kind !== 'retry') budget.giveBack(taken);
    if (verdict.kind === 'done') return verdict.outcome;
    if (verdict.kind === 'final') throw verdict.refusal;
    if (verdict.kind === 'refused') return await refuse(database, plan, { refusal: verdict.refusal, mayLand });
    taken = retryCostOf(result);
    const isFinal = result.kind === 'refused' || (result.kind === 'expired' && wasExpired);
    const isOver = isFinal || isLast(database, attempt, retry);
    wasExpired ||= result.kind === 'expired';
    if (isOver || !budget.take(taken)) return await giveUp(database, plan, { result, attempts: attempt, mayLand });

    tellRetry(database, { operation: plan.operation, attempt, reason: outcomeOf(result) });
    await database.sleep(fullJitterDelay(attempt, retry, database.random));
  }
}

/**
 * A write that met another one is the store at work: its attempts are bound enough. So is one whose keys have expired: it is sent once more.
 * No answer, or a throttle, is the store in need.
 */
const retryCostOf = (result: FailedAttempt): number => {
  if (result.kind === 'expired') return 0;

  return result.kind === 'cancelled' && result.reasons.every(({ kind }) => kind !== 'throttled') ? 0 : 5;
};

/** How long after its ids were drawn a write may be sent: they are ordered by time, and read as if they told it. */
const sendWithinMs = 60_000;

/** What was sent may still be carried out; what was not is refused, as certain. */
async function expire(database: Database, plan: WritePlan, mayLand: boolean): Promise<WriteOutcome> {
  const refusal = new sharedErrors.WriteExpiredError({ operation: plan.operation, afterMs: sendWithinMs });

  return mayLand ? await lookForOwnWrite(database, plan, refusal) : await refuse(database, plan, { refusal, mayLand });
}

/**
 * Refuses a write whose ids and times were drawn by a wrong clock, though it may be right by now: the read compares the clocks anew, for
 * the next call. What is found under a key of the caller's is the answer all the same.
 */
async function refuseByClock(database: Database, { guard }: WritePlan, refusal: DomainError): Promise<WriteOutcome> {
  const item = await readGuard(database, guard.write);
  if (item && guard.clientNamed) return settle(judgeGuard(guard, item, false));

  throw refusal;
}

const isLast = (
  { clock }: Database,
  attempt: number,
  { maxAttempts, until }: RetryPolicy & Partial<WriteRetry>,
): boolean => attempt >= maxAttempts || (until !== undefined && clock.now().getTime() >= until);

function judge({ guard, actions = [] }: WritePlan, result: FailedAttempt, mayLand: boolean): Verdict {
  if (result.kind !== 'cancelled') return { kind: 'retry' };

  const [guardReason, ...reasons] = result.reasons;
  if (guardReason?.kind === 'condition-failed') return judgeGuard(guard, guardReason.oldItem, mayLand);
  if (isTransient(guardReason)) return { kind: 'retry' };

  for (const [index, action] of actions.entries()) {
    const reason = reasons[index];
    if (reason?.kind === 'condition-failed') {
      return { kind: 'refused', refusal: refusalOf(action, reason.oldItem) };
    }
  }
  if (result.reasons.some(isTransient) && !result.reasons.some(({ kind }) => kind === 'invalid'))
    return { kind: 'retry' };
  return { kind: 'refused', refusal: databaseFailure(result.cause, 1, 'refused') };
}

/** What refuses a write may be stored, in a fence, and read again: anything but a DomainError is thrown as it is, and nothing is stored. */
function refusalOf(action: WriteAction, oldItem: RawItem | undefined): DomainError {
  const refusal: unknown = action.onConditionFailed(oldItem);
  if (isDomainError(refusal)) return refusal;

  throw refusal instanceof Error ? refusal : new Error('A failed condition has no DomainError.', { cause: refusal });
}

const isTransient = (reason: CancellationReason | undefined): boolean =>
  reason?.kind === 'conflict' || reason?.kind === 'throttled';

/** The guard speaks first: our own earlier attempt, a replay, or a refusal that no earlier attempt can turn. */
function judgeGuard(guard: WriteGuard, oldItem: RawItem | undefined, mayLand: boolean): GuardVerdict {
  if (isOwn(guard, oldItem)) return { kind: 'done', outcome: { replayed: false, item: oldItem } };

  const refusal = guard.onConditionFailed(oldItem, mayLand);
  return refusal ? { kind: 'final', refusal } : { kind: 'done', outcome: { replayed: true, item: oldItem } };
}

/** Whether the item is as this very call wrote it. */
const isOwn = ({ writeId, writeIdAttribute = 'writeId' }: WriteGuard, item: RawItem | undefined): boolean =>
  item?.[writeIdAttribute] === writeId;

/** Reports a refusal once it is certain that the write has not taken effect and never will. */
async function refuse(
  database: Database,
  plan: WritePlan,
  { refusal, mayLand }: { readonly refusal: DomainError; readonly mayLand: boolean },
): Promise<WriteOutcome> {
  const { guard } = plan;

  if (mayLand) return await fenceOff(database, plan, refusal);
  if (guard.clientNamed) return await resolveByGuard(database, plan, refusal);
  throw refusal;
}

/** A hit under the caller's key is the answer, whatever was to be refused. */
async function resolveByGuard(database: Database, { guard }: WritePlan, refusal: DomainError): Promise<WriteOutcome> {
  const item = await readGuard(database, guard.write);
  if (item === undefined) throw refusal;

  return settle(judgeGuard(guard, item, false));
}

/** Writes the fence under the guard's key. Where it stands the refusal does; where it does not, the item there is the answer. */
async function fenceOff(database: Database, plan: WritePlan, refusal: DomainError): Promise<WriteOutcome> {
  const { guard } = plan;
  const fence = guard.fence?.(refusal);
  if (!fence) return await lookForOwnWrite(database, plan, refusal);

  const fencing: WritePlan = {
    operation: plan.operation,
    reference: plan.reference,
    guard: { ...fence, onConditionFailed: () => undefined },
  };
  const { replayed, item } = await attemptUntilKnown(database, fencing, {
    budget: unlimitedRetries,
    isFence: true,
  }).catch((cause: unknown) => {
    throw unknownOutcome(plan, cause);
  });
  if (!replayed) throw refusal;

  return settle(judgeGuard(guard, item, true));
}

function settle(verdict: GuardVerdict): WriteOutcome {
  if (verdict.kind === 'final') throw verdict.refusal;
  return verdict.outcome;
}

/** After the last attempt: a failure that is certain gets its name, any other the benefit of one look. */
async function giveUp(
  database: Database,
  plan: WritePlan,
  {
    result,
    attempts,
    mayLand,
  }: { readonly result: FailedAttempt; readonly attempts: number; readonly mayLand: boolean },
): Promise<WriteOutcome> {
  const { kind, cause } = result;

  if (mayLand) return await lookForOwnWrite(database, plan, cause);
  if (kind !== 'cancelled') throw databaseFailure(cause, attempts, kind);
  if (result.reasons.some((reason) => reason.kind === 'conflict'))
    throw new sharedErrors.ContentionError({ attempts }, { cause });
  throw new sharedErrors.ThrottledError({ attempts }, { cause });
}

/**
 * One look at the guarded item may tell that the write took effect; that it did not, only the item of another call under the key that
 * the caller named, which is then the answer.
 */
async function lookForOwnWrite(database: Database, plan: WritePlan, cause: unknown): Promise<WriteOutcome> {
  const { guard } = plan;
  const item = await readGuard(database, guard.write).catch(() => undefined);
  if (item && (guard.clientNamed || isOwn(guard, item))) return settle(judgeGuard(guard, item, true));

  throw unknownOutcome(plan, cause);
}

const unknownOutcome = (
  { operation, reference }: WritePlan,
  cause: unknown,
): InstanceType<typeof sharedErrors.OutcomeUnknownError> =>
  new sharedErrors.OutcomeUnknownError({ operation, ...reference }, { cause });
