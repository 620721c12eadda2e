export type { DynamoDbBackendName, StartableBackendName } from './backends/backend.ts';
export { eventually, timesOutMs } from './eventually.ts';
export type { Exploration, ExplorationRow } from './explore/exploration.ts';
export { explore, type ExploreOptions, type FlowEnd, type FlowRun, type RecoveredRun } from './explore/explore.ts';
export { answerError, answerWith, type ErrorAnswerOptions } from './faults/answers.ts';
export type { CallRecord } from './faults/call-log.ts';
export { crashAfter, crashBefore } from './faults/crash-faults.ts';
export { crashUnderway, delayRequest, delayResponse, landLate, type HeldFault } from './faults/delays.ts';
export { after, pass, type Fault, type FaultyCall, type UpcomingCall } from './faults/fault.ts';
export { createFaultInjector, type FaultInjector, type FaultInjectorOptions } from './faults/fault-injector.ts';
export {
  everyCall,
  everyCallInTurn,
  firstOf,
  fromCall,
  nthCall,
  passAll,
  script,
  type FaultChoice,
  type FaultPlan,
  type PlanOptions,
} from './faults/fault.ts';
export { forgetToken } from './faults/network-faults.ts';
export { formatCalls } from './faults/call-log.ts';
export type { HttpAnswer } from './faults/answers.ts';
export type { Loss } from './faults/network-faults.ts';
export { loseRequest, loseResponse, refuseConnection, type LossOptions } from './faults/network-faults.ts';
export { probabilities, type ProbabilitiesOptions } from './faults/standard-faults.ts';
export type { SdkRequest, SdkRequestHandler, SdkResponse } from './faults/fault.ts';
export { seededRandom, type Seed } from './faults/standard-faults.ts';
export {
  expireToken,
  internalServerError,
  throttle,
  transactionInProgress,
  type Throttling,
} from './faults/network-faults.ts';
export { staleIndex, type StaleIndexOptions } from './faults/stale-index.ts';
export { standardFaults, type StandardFaultName } from './faults/standard-faults.ts';
export {
  cancelTransaction,
  conflict,
  type CancellationCode,
  type CancellationReason,
  type ConflictOptions,
} from './faults/transaction-cancellations.ts';
export { truncateBatch, type TruncateBatchOptions } from './faults/truncate-batch.ts';
export { isolatedTables } from './isolated-tables.ts';
export { refusalOf, runParallel, type Outcomes } from './outcomes.ts';
export type { RunningDynamoDb } from './backends/backend.ts';
export { startDynamoDb, type StartDynamoDbOptions } from './start-dynamo-db.ts';
export {
  killPrograms,
  startProgram,
  type ProgramEnd,
  type RunningProgram,
  type StartProgramOptions,
} from './start-program.ts';
