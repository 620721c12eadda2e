import { crashAfter, crashBefore, crashUnderway, landLate, standardFaults, type Fault } from '@cnop/testing';

const {
  loseRequest,
  resetRequest,
  loseResponse,
  resetResponse,
  conflict,
  transactionInProgress,
  throttle,
  internalServerError,
  internalServerErrorCarriedOut,
  expireToken,
} = standardFaults;

/** The columns of the matrix: what may befall a call, and the faults that are of that kind. */
export const faultColumns = {
  'lost before': () => [loseRequest, resetRequest],
  'lost after': () => [loseResponse, resetResponse],
  conflict: () => [conflict],
  'in progress': () => [transactionInProgress],
  throttle: () => [throttle],
  '5xx': () => [internalServerError, internalServerErrorCarriedOut],
  expired: () => [expireToken],
  'crash before': () => [crashBefore()],
  'crash after': () => [crashAfter()],
  // A late request is held in its fault, so each exploration needs its own.
  late: () => [landLate(), crashUnderway()],
} as const satisfies Record<string, () => readonly Fault[]>;

/** The name of a column. */
export type FaultColumn = keyof typeof faultColumns | 'none';

/** All columns in their order, the undisturbed runs first. */
export const columnNames: readonly FaultColumn[] = ['none', ...(Object.keys(faultColumns) as FaultColumn[])];

const columnByFault = new Map<string, FaultColumn>(
  Object.entries(faultColumns).flatMap(([column, faults]) =>
    faults().map(({ name }) => [name, column as FaultColumn] as const),
  ),
);

/** The column of a fault, by the fault's name. */
export const columnOf = (fault: string): FaultColumn => columnByFault.get(fault) ?? 'none';
