import { DomainError, InsufficientFundsError, isDomainError, OutcomeUnknownError } from '@cnop/exceptions';

describe(DomainError, () => {
  it('carries name, code, details, cause and whether to retry', () => {
    const cause = new Error('socket hang up');

    const error = new OutcomeUnknownError({ operation: 'placeOrder' }, { cause });

    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({
      name: 'OutcomeUnknownError',
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'placeOrder' },
      retryable: true,
      cause,
    });
  });

  it('keeps the variables out of the message', () => {
    const error = new InsufficientFundsError({ code: 'USD', available: '10.00', required: '12.50' });

    expect(error.message).not.toContain('12.50');
    expect(error.details).toEqual({ code: 'USD', available: '10.00', required: '12.50' });
  });
});

describe(isDomainError, () => {
  it('knows an error of another copy of the package by its shape', () => {
    const foreign = Object.assign(new Error('x'), { code: 'BALANCE_INSUFFICIENT', details: {}, retryable: false });

    expect(isDomainError(foreign)).toBe(true);
  });

  it.each([
    ['a plain error', new Error('x')],
    ['a Node error', Object.assign(new Error('x'), { code: 'ECONNRESET', details: {}, retryable: true })],
    ['no error at all', { code: 'BALANCE_INSUFFICIENT', details: {}, retryable: false }],
    ['undefined', undefined],
  ])('does not take %s for one', (_title, value) => {
    expect(isDomainError(value)).toBe(false);
  });
});
