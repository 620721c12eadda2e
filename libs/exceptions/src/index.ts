export { DomainError, isDomainError, type DomainErrorParts, type ErrorKind } from './domain-error.ts';
export {
  defineErrors,
  type DefinedErrors,
  type DetailsOf,
  type ErrorClass,
  type ErrorDefinition,
  type ErrorOf,
  type NoDetails,
} from './define-errors.ts';
export { sharedErrors, type DatabaseRefusal, type ValidationIssue } from './errors.ts';
export { toProblemDetails, type ProblemContext, type ProblemDetails } from './problem-details.ts';
export { deserializeError, serializeError } from './serialize-error.ts';
