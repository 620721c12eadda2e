import { defineErrors, DomainError, sharedErrors } from '@cnop/exceptions';

const kycRequired = {
  code: 'KYC_REQUIRED',
  status: 422,
  title: 'The identity of the customer is not verified.',
  advice: 'Verify the identity first, then repeat the request.',
  message: ({ level }: { readonly level: number }) => `verification of level ${level} is required`,
} as const;
const busy = {
  code: 'BUREAU_BUSY',
  status: 503,
  retryable: true,
  title: 'The bureau is busy.',
  advice: 'Try again later.',
} as const;

describe(defineErrors, () => {
  const errors = defineErrors({ KycRequiredError: kycRequired, BureauBusyError: busy });

  it('makes classes whose errors know code, status, title and advice, and say what varies', () => {
    const cause = new Error('socket hang up');

    const error = new errors.KycRequiredError({ level: 2 }, { cause });

    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toBeInstanceOf(errors.KycRequiredError);
    expect(error).toMatchObject({
      name: 'KycRequiredError',
      message: 'verification of level 2 is required',
      code: 'KYC_REQUIRED',
      status: 422,
      title: kycRequired.title,
      advice: kycRequired.advice,
      retryable: false,
      details: { level: 2 },
      cause,
    });
    expect(error.stack).toMatch(/^KycRequiredError: verification of level 2 is required\n/);
  });

  it('says the title where nothing varies', () => {
    expect(new errors.BureauBusyError({})).toMatchObject({ message: busy.title, retryable: true, details: {} });
  });

  it('tells on the class what all its errors share', () => {
    const { BureauBusyError } = errors;

    expect({ ...BureauBusyError }).toMatchObject(busy);
    expect(BureauBusyError).toHaveProperty('name', 'BureauBusyError');
  });

  it('tells an error by its code, also one of another installed copy', () => {
    const { KycRequiredError } = errors;
    const { KycRequiredError: OfOtherCopy } = defineErrors({ KycRequiredError: kycRequired });

    expect(KycRequiredError.is(new OfOtherCopy({ level: 2 }))).toBe(true);
    expect(KycRequiredError.is(new errors.BureauBusyError({}))).toBe(false);
    expect(KycRequiredError.is(Object.assign(new Error('x'), { code: 'KYC_REQUIRED' }))).toBe(false);
    expect(KycRequiredError.is(undefined)).toBe(false);
  });

  it.each([
    ['two errors of one code', { OneError: busy, OtherError: { ...busy, status: 500 } }, /same code/],
    ['a code that is not in capitals', { OneError: { ...busy, code: 'busy' } }, /OneError must have a code/],
    ['a status of success', { OneError: { ...busy, status: 200 } }, /OneError must have an HTTP status/],
    ['a status that is none', { OneError: { ...busy, status: 600 } }, /OneError must have an HTTP status/],
    ['half a status', { OneError: { ...busy, status: 422.5 } }, /OneError must have an HTTP status/],
  ])('refuses %s', (_title, definitions, message) => {
    expect(() => defineErrors(definitions)).toThrow(message);
  });
});

describe('sharedErrors', () => {
  const { ValidationError, ConfigurationError, OutcomeUnknownError, CredentialsUnavailableError } = sharedErrors;
  const { InvalidAmountError, InvalidCursorError, VersionConflictError } = sharedErrors;
  const issue = (pointer: string) => ({ pointer, rule: 'required', message: 'Must be given.' });

  it.each([
    [
      new ConfigurationError({
        settings: [
          { setting: 'CNOP_TOKEN_ISSUER', rule: 'is required' },
          { setting: 'PORT', rule: 'must be a port number' },
        ],
      }),
      'configuration: CNOP_TOKEN_ISSUER is required; PORT must be a port number',
    ],
    [new ValidationError({ issues: [issue('/price'), issue('')] }), '/price: Must be given. input: Must be given.'],
    [new InvalidAmountError({ rule: 'positive' }), 'amount breaks the rule: positive'],
    [new InvalidAmountError({ rule: 'scale', scale: 2, field: 'maxPrice' }), 'maxPrice breaks the rule: scale'],
    [new InvalidCursorError({ reason: 'mismatch' }), 'the cursor is not valid: mismatch'],
    [new VersionConflictError({ resource: 'user', expectedVersion: 3 }), 'the user is no longer at version 3'],
    [new OutcomeUnknownError({ operation: 'placeOrder' }), 'the outcome of placeOrder is not known'],
    [new OutcomeUnknownError({}), 'the outcome of the request is not known'],
    [new CredentialsUnavailableError({ roleArn: 'arn:aws:iam::1:role/r' }), 'arn:aws:iam::1:role/r could not be'],
    [new CredentialsUnavailableError({}), 'the role could not be assumed'],
    [new sharedErrors.ContentionError({ attempts: 3 }), 'in each of 3 attempts'],
    [new sharedErrors.ThrottledError({ attempts: 3 }), 'each of 3 attempts'],
    [new sharedErrors.RateLimitedError({ limit: 5, retryAfterSeconds: 17 }), 'limit of 5 requests'],
  ])('say what varies: %s', (error, text) => {
    expect(error.message).toContain(text);
  });
});
