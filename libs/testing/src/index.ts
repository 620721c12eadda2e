export type { DynamoDbBackendName, RunningDynamoDb, StartableBackendName } from './backends/backend.ts';
export { eventually, timesOutMs } from './eventually.ts';
export type { Exploration, ExplorationRow } from './explore/exploration.ts';
export { explore, type ExploreOptions, type FlowEnd, type FlowRun, type RecoveredRun } from './explore/explore.ts';
export { answerError, answerWith, type ErrorAnswerOptions } from './faults/answers.ts';
export {
  after,
  everyCall,
  everyCallInTurn,
  type Fault,
  type FaultChoice,
  type FaultPlan,
  type FaultyCall,
  firstOf,
  fromCall,
  type HttpAnswer,
  nthCall,
  pass,
  passAll,
  type PlanOptions,
  script,
  type SdkRequest,
  type SdkRequestHandler,
  type SdkResponse,
  type UpcomingCall,
} from './faults/fault.ts';
export { type CallRecord, formatCalls } from './faults/call-log.ts';
export { crashAfter, crashBefore } from './faults/crash-faults.ts';
export { crashUnderway, delayRequest, delayResponse, landLate, type HeldFault } from './faults/delays.ts';
export { createFaultInjector, type FaultInjector, type FaultInjectorOptions } from './faults/fault-injector.ts';
export {
  expireToken,
  forgetToken,
  internalServerError,
  loseRequest,
  loseResponse,
  type Loss,
  type LossOptions,
  refuseConnection,
  throttle,
  type Throttling,
  transactionInProgress,
} from './faults/network-faults.ts';
export { refuseOverlaps, type OverlapOptions } from './faults/overlaps.ts';
export {
  probabilities,
  type ProbabilitiesOptions,
  type Seed,
  seededRandom,
  type StandardFaultName,
  standardFaults,
} from './faults/standard-faults.ts';
export { staleIndex, type StaleIndexOptions } from './faults/stale-index.ts';
export {
  cancelTransaction,
  conflict,
  type CancellationCode,
  type CancellationReason,
  type ConflictOptions,
} from './faults/transaction-cancellations.ts';
export { truncateBatch, type TruncateBatchOptions } from './faults/truncate-batch.ts';
export { isolatedTables, testConnection, type TestConnection, withoutStreams } from './test-connection.ts';
export { refusalOf, runParallel, type Outcomes } from './outcomes.ts';
export { startDynamoDb, type StartDynamoDbOptions } from './start-dynamo-db.ts';
export {
  killPrograms,
  startProgram,
  type ProgramEnd,
  type RunningProgram,
  type StartProgramOptions,
} from './start-program.ts';
