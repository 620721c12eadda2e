import {
  ConfigurationError,
  EmailTakenError,
  InsufficientFundsError,
  toProblemDetails,
  ValidationError,
} from '@cnop/exceptions';

describe(toProblemDetails, () => {
  it('shows a domain error with its figures', () => {
    const error = new InsufficientFundsError({ code: 'USD', available: '10.00', required: '12.50' });

    const problem = toProblemDetails(error, { instance: '/v1/orders', requestId: 'r-1' });

    expect(problem).toEqual({
      type: 'urn:cnop:error:BALANCE_INSUFFICIENT',
      title: 'The available balance does not cover the amount.',
      status: 422,
      code: 'BALANCE_INSUFFICIENT',
      detail: '`available` and `required` say both figures. Held amounts are not available.',
      retryable: false,
      instance: '/v1/orders',
      requestId: 'r-1',
      details: { code: 'USD', available: '10.00', required: '12.50' },
    });
  });

  it('lists each broken rule of an input', () => {
    const issues = [{ pointer: '/quantity', rule: 'decimal', message: 'Must be decimal text.' }];

    const problem = toProblemDetails(new ValidationError({ issues }));

    expect(problem).toMatchObject({ status: 400, errors: issues });
    expect(problem).not.toHaveProperty('details');
  });

  it('leaves out figures where there are none', () => {
    expect(toProblemDetails(new EmailTakenError({}))).not.toHaveProperty('details');
  });

  it.each([
    ['an unknown throw', new Error('password=hunter2')],
    ['a string', 'password=hunter2'],
    ['a server-side fault', new ConfigurationError({ setting: 'SECRET', rule: 'hunter2' })],
  ])('tells nothing of %s', (_title, thrown) => {
    const problem = toProblemDetails(thrown, { requestId: 'r-1' });

    expect(problem).toMatchObject({ status: 500, code: 'INTERNAL_ERROR', requestId: 'r-1' });
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|SECRET/);
  });
});
