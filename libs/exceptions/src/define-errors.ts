import { DomainError, isDomainError, isErrorStatus, type ErrorKind } from './domain-error.ts';

/** One kind of error, as a domain defines it. */
export interface ErrorDefinition {
  /** The stable name that callers tell it by, in capitals: `BALANCE_INSUFFICIENT`. Unique in the whole product. */
  readonly code: string;
  /** The HTTP status of a response that reports it, 400 to 599. Of a 500 the response says nothing else. */
  readonly status: number;
  /** The fixed sentence of the problem document. */
  readonly title: string;
  /** What it means and what to do, for the problem document and the page of errors. */
  readonly advice: string;
  /** Whether the very same call may succeed when repeated. Default false. */
  readonly retryable?: boolean;
  /**
   * What varies, in words, from the details; never a secret or personal data. The type of its parameter is the type of the details.
   * Without it an error has no details, and its message is the title.
   */
  readonly message?: (details: never) => string;
}

/** The details of an error that has none: `{}`. */
export type NoDetails = Readonly<Record<string, never>>;

/** The details that the message of a definition is made from. */
export type DetailsOf<TDefinition extends ErrorDefinition> = TDefinition extends {
  readonly message: (details: infer TDetails extends object) => string;
}
  ? TDetails
  : NoDetails;

/** The class of one kind of error. What its instances share is on the class too, for whatever lists errors. */
export interface ErrorClass<TCode extends string = string, TDetails extends object = object> extends ErrorKind<TCode> {
  new (details: TDetails, options?: ErrorOptions): DomainError<TCode, TDetails>;
  /** Whether a value is an error of this code, whichever copy of the package made it. */
  is(value: unknown): value is DomainError<TCode, TDetails>;
}

/** The classes of a set of definitions, by the names given there. */
export type DefinedErrors<TDefinitions extends Readonly<Record<string, ErrorDefinition>>> = {
  readonly [TName in keyof TDefinitions]: ErrorClass<TDefinitions[TName]['code'], DetailsOf<TDefinitions[TName]>>;
};

/** The type of the errors of a set, or of the one with that name: `ErrorOf<typeof ledgerErrors, 'InsufficientFundsError'>`. */
export type ErrorOf<
  TErrors extends Readonly<Record<string, new (details: never) => DomainError>>,
  TName extends keyof TErrors = keyof TErrors,
> = InstanceType<TErrors[TName]>;

/**
 * Makes the error classes of a domain, by name.
 *
 * @example
 * const kycErrors = defineErrors({
 *   KycRequiredError: {
 *     code: 'KYC_REQUIRED',
 *     status: 422,
 *     title: 'The identity of the customer is not verified.',
 *     advice: 'Verify the identity first, then repeat the request.',
 *     message: ({ level }: { readonly level: number }) => `verification of level ${level} is required`,
 *   },
 * });
 *
 * throw new kycErrors.KycRequiredError({ level: 2 });
 *
 * @throws a plain Error when a definition is wrong, or two have the same code.
 */
export function defineErrors<const TDefinitions extends Readonly<Record<string, ErrorDefinition>>>(
  definitions: TDefinitions,
): DefinedErrors<TDefinitions> {
  const entries = Object.entries<ErrorDefinition>(definitions);
  const codes = new Set(entries.map(([, { code }]) => code));

  if (codes.size < entries.length) throw new Error('Two of the defined errors have the same code.');
  return Object.fromEntries(
    entries.map(([name, definition]) => [name, defineError(name, definition)]),
  ) as unknown as DefinedErrors<TDefinitions>;
}

function defineError(name: string, { message, retryable = false, ...rest }: ErrorDefinition): ErrorClass {
  const shared = { ...rest, retryable };
  if (!/^[A-Z][A-Z0-9_]*$/.test(shared.code)) throw new Error(`${name} must have a code in capitals.`);
  if (!isErrorStatus(shared.status)) throw new Error(`${name} must have an HTTP status from 400 to 599.`);

  const Defined = class extends DomainError {
    constructor(details: object, options?: ErrorOptions) {
      super({ ...shared, name, details, message: message?.(details as never) ?? shared.title }, options);
    }

    static is(value: unknown): value is DomainError {
      return isDomainError(value) && value.code === shared.code;
    }
  };

  Object.defineProperty(Defined, 'name', { value: name });
  // The head of a stack trace is written before a constructor can set the name.
  Object.defineProperty(Defined.prototype, 'name', { value: name, writable: true });
  return Object.assign(Defined, shared);
}
