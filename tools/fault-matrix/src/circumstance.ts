import {
  crashAfter,
  crashBefore,
  crashUnderway,
  fromCall,
  landLate,
  nthCall,
  passAll,
  standardFaults,
  type CallRecord,
  type Fault,
  type FaultPlan,
} from '@cnop/testing';
import { faultColumns } from './fault-columns.ts';
import type { MatrixRow } from './row.ts';

/** Under what circumstances the faults of a row are tried. */
export interface Circumstance {
  readonly name: string;
  /** How often a process tries a write. */
  readonly maxAttempts: number;
  /** Whether DynamoDB knows a transaction by its token again. */
  readonly forgetsTokens: boolean;
  /** Whether a fault stays from its call on. */
  readonly isLasting?: boolean;
  /** What befalls the first write in every run, so that the calls that follow from it are tried. */
  readonly firstWrite?: 'lost after' | 'late';
  /** Which faults are tried. */
  readonly faults: () => readonly Fault[];
  /** Which calls they are tried at; a new answer for each exploration. */
  readonly calls: () => (call: CallRecord) => boolean;
}

/** The operations that write. */
const writes = ['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem'];

const { internalServerError, internalServerErrorCarriedOut, transactionInProgress } = standardFaults;
const { loseRequest, loseResponse, resetRequest, resetResponse, conflict, throttle, expireToken } = standardFaults;

/** To a caller a reset is what a time-out is, so each is tried where the other is not. */
const eachKind = (): readonly Fault[] => {
  const faults = Object.values(faultColumns).flatMap((of): readonly Fault[] => of());
  return faults.filter((fault) => fault !== resetRequest && fault !== resetResponse);
};

/** A process that has died makes no further calls that could fail, and a late request is one request. */
const lasting = [
  loseRequest,
  loseResponse,
  conflict,
  transactionInProgress,
  throttle,
  internalServerErrorCarriedOut,
  expireToken,
];

/** What leaves a caller in doubt who does not ask again. */
const doubtful = () => [
  resetRequest,
  resetResponse,
  transactionInProgress,
  internalServerError,
  internalServerErrorCarriedOut,
  landLate(),
];

/** A 500 is to a caller what a lost message is, and expired credentials are what a throttle is. */
const afterwards = () => [
  ...[loseRequest, loseResponse, conflict, transactionInProgress, throttle],
  ...[crashBefore(), crashAfter(), landLate(), crashUnderway()],
];
const lastingAfterwards = [loseRequest, loseResponse, conflict, transactionInProgress, throttle];

const allCalls = () => () => true;
const writingCalls =
  () =>
  ({ target }: CallRecord) =>
    writes.includes(target);

/** The calls that come after the first write. */
function laterCalls(): (call: CallRecord) => boolean {
  let isLater = false;

  return ({ target }) => {
    const answer = isLater;
    isLater ||= writes.includes(target);
    return answer;
  };
}

const patient = { maxAttempts: 3, forgetsTokens: true } as const;
const forGood = { maxAttempts: 2, forgetsTokens: true, isLasting: true } as const;

const anywhere: readonly Circumstance[] = [
  { ...patient, name: 'in passing', faults: eachKind, calls: allCalls },
  { ...forGood, name: 'for good', faults: () => lasting, calls: allCalls },
  { name: 'at the only attempt', maxAttempts: 1, forgetsTokens: false, faults: doubtful, calls: writingCalls },
  { ...patient, name: 'after a lost response', firstWrite: 'lost after', faults: afterwards, calls: laterCalls },
  {
    ...forGood,
    name: 'for good, after a lost response',
    firstWrite: 'lost after',
    faults: () => lastingAfterwards,
    calls: laterCalls,
  },
];

/** Where the first attempt would succeed by the time it lands: nothing but a fence keeps it from that. */
const overtaken: readonly Circumstance[] = [
  { ...patient, name: 'while the first request is late', firstWrite: 'late', faults: afterwards, calls: laterCalls },
  {
    ...forGood,
    name: 'for good, while the first request is late',
    firstWrite: 'late',
    faults: () => lastingAfterwards,
    calls: laterCalls,
  },
];

/** What a row is tried under. A row that is to be refused, and yet has an effect, is about a request that lands when it could succeed. */
export const circumstancesOf = ({ refusal, effect }: Pick<MatrixRow, 'refusal' | 'effect'>): readonly Circumstance[] =>
  refusal !== undefined && effect.length > 0 ? overtaken : anywhere;

/** Whether nothing that befell the call leaves its outcome in doubt. */
export const isCertain = ({ firstWrite }: Circumstance, fault: string): boolean =>
  firstWrite === undefined && certainFaults.has(fault);

const certainFaults = new Set(['none', conflict.name, throttle.name, expireToken.name]);

/** How a fault befalls a call under these circumstances. */
export const befalling = ({ isLasting = false }: Circumstance) => (isLasting ? fromCall : nthCall);

/**
 * What befalls the first write of every process.
 *
 * @param onLate - is given the fault that holds the request back, for each process its own.
 */
export function planOf(
  { firstWrite }: Circumstance,
  onLate: (fault: Required<Pick<Fault, 'release'>>) => void,
): FaultPlan {
  if (firstWrite === undefined) return passAll;

  return () => {
    const late = landLate();
    const faults = { 'lost after': loseResponse, late };
    onLate(late);
    return nthCall(1, faults[firstWrite], { target: writes })();
  };
}
