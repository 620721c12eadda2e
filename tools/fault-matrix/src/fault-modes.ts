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
import type { MatrixRow } from './row.ts';

const { internalServerError, internalServerErrorCarriedOut, transactionInProgress } = standardFaults;
const { loseRequest, loseResponse, resetRequest, resetResponse, conflict, throttle, expireToken } = standardFaults;

/** The columns of the report, and the faults of each. A late request is held in its fault, so each exploration needs its own. */
const columns = {
  'lost before': () => [loseRequest, resetRequest],
  'lost after': () => [loseResponse, resetResponse],
  conflict: () => [conflict],
  'in progress': () => [transactionInProgress],
  throttle: () => [throttle],
  '5xx': () => [internalServerError, internalServerErrorCarriedOut],
  expired: () => [expireToken],
  'crash before': () => [crashBefore()],
  'crash after': () => [crashAfter()],
  late: () => [landLate(), crashUnderway()],
} as const satisfies Record<string, () => readonly Fault[]>;

/** All columns in their order, the runs without a fault first. */
export const columnNames = ['none', ...Object.keys(columns)];

const permanently = ', permanently';
const columnByFault = new Map(
  Object.entries(columns).flatMap(([column, faults]) => faults().map(({ name }) => [name, column])),
);

/** The column of a fault, by the fault's name. */
export const columnOf = (fault: string): string => columnByFault.get(fault.replace(permanently, '')) ?? 'none';

/** The fault, injected into all calls from the tried one on. */
const permanent = (fault: Fault): Fault => ({ ...fault, name: `${fault.name}${permanently}` });

/** How a fault is injected into the n-th call: once, or permanently. */
export const injectionOf = (n: number, fault: Fault): FaultPlan =>
  (fault.name.endsWith(permanently) ? fromCall : nthCall)(n, fault);

/** How the faults of a row are injected. */
export interface FaultMode {
  readonly name: string;
  /** How often a process attempts a write. */
  readonly maxAttempts: number;
  /** What happens to the first write in every run, so that the calls that follow from it are tried. */
  readonly firstWrite?: 'lost after' | 'late';
  readonly faults: () => readonly Fault[];
  /** Which calls the faults are injected into; a new function for each exploration. */
  readonly calls: () => (call: CallRecord) => boolean;
}

const writes = ['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem'];
const isWrite = ({ target }: CallRecord) => writes.includes(target);

/** The calls after the first write. */
function laterCalls(): (call: CallRecord) => boolean {
  let isLater = false;

  return (call) => {
    const answer = isLater;
    isLater ||= isWrite(call);
    return answer;
  };
}

/** Once: every kind; to a caller a reset is what a time-out is, so resets are tried at the single attempt. Permanently: all but crashes. */
const atEachCall = () => [
  ...Object.values(columns)
    .flatMap((faults): readonly Fault[] => faults())
    .filter((fault) => fault !== resetRequest && fault !== resetResponse),
  ...[loseRequest, loseResponse, conflict, transactionInProgress, throttle].map(permanent),
  ...[internalServerErrorCarriedOut, expireToken].map(permanent),
];

/** What leaves a caller in doubt who has no second attempt. */
const atSingleAttempt = () => [
  ...[resetRequest, resetResponse, transactionInProgress, internalServerError, internalServerErrorCarriedOut],
  landLate(),
];

/** A 500 is to a caller what a lost message is, and expired credentials are what a throttle is. */
const afterFirstWrite = () => [
  ...[loseRequest, loseResponse, conflict, transactionInProgress, throttle],
  ...[loseRequest, loseResponse, conflict, transactionInProgress, throttle].map(permanent),
  ...[crashBefore(), crashAfter(), landLate(), crashUnderway()],
];

const later = { maxAttempts: 3, faults: afterFirstWrite, calls: laterCalls };

const usualModes: readonly FaultMode[] = [
  { name: 'at each call', maxAttempts: 3, faults: atEachCall, calls: () => () => true },
  { name: 'at the single attempt', maxAttempts: 1, faults: atSingleAttempt, calls: () => isWrite },
  { ...later, name: 'after a lost response', firstWrite: 'lost after' },
];
const lateModes: readonly FaultMode[] = [{ ...later, name: 'after a late first request', firstWrite: 'late' }];

/**
 * The modes that a row is tried in. A row with both a refusal and an effect is about a first request that lands when it could
 * succeed: nothing but a fence keeps it from that.
 */
export const modesOf = ({ refusal, effect }: Pick<MatrixRow, 'refusal' | 'effect'>): readonly FaultMode[] =>
  refusal !== undefined && effect.length > 0 ? lateModes : usualModes;

const certainFaults = new Set(['none', ...[conflict, throttle, expireToken].map(({ name }) => columnOf(name))]);

/** Whether no fault of a run leaves the outcome of its call in doubt. */
export const isCertain = ({ firstWrite }: FaultMode, fault: string): boolean =>
  firstWrite === undefined && certainFaults.has(columnOf(fault));

/** Whether a request that the fault held back lands only after the repeat. */
export const isLate = (fault: string): boolean => columnOf(fault) === 'late';

/**
 * What is injected into the first write of every process.
 *
 * @param onLate - is given the fault that holds the request back, a new one for each process.
 */
export function firstWritePlan(
  { firstWrite }: FaultMode,
  onLate: (late: Required<Pick<Fault, 'release'>>) => void,
): FaultPlan {
  if (firstWrite === undefined) return passAll;

  return () => {
    const late = landLate();
    onLate(late);
    return nthCall(1, firstWrite === 'late' ? late : loseResponse, { target: writes })();
  };
}
