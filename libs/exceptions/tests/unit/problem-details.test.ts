import { defineErrors, sharedErrors, toProblemDetails } from '@cnop/exceptions';

const { ConfigurationError, OverloadedError, ValidationError } = sharedErrors;
const { KycRequiredError } = defineErrors({
  KycRequiredError: {
    code: 'KYC_REQUIRED',
    status: 422,
    title: 'The identity of the customer is not verified.',
    advice: 'Verify the identity first, then repeat the request.',
    message: ({ level }: { readonly level: number }) => `verification of level ${level} is required`,
  },
});

describe(toProblemDetails, () => {
  it('shows a domain error with its figures', () => {
    const problem = toProblemDetails(new KycRequiredError({ level: 2 }), { instance: '/v1/orders', requestId: 'r-1' });

    expect(problem).toEqual({
      type: 'urn:cnop:error:KYC_REQUIRED',
      title: 'The identity of the customer is not verified.',
      status: 422,
      code: 'KYC_REQUIRED',
      detail: 'Verify the identity first, then repeat the request.',
      retryable: false,
      instance: '/v1/orders',
      requestId: 'r-1',
      details: { level: 2 },
    });
  });

  it('lists each broken rule of an input', () => {
    const issues = [{ pointer: '/quantity', rule: 'decimal', message: 'Must be decimal text.' }];

    const problem = toProblemDetails(new ValidationError({ issues }));

    expect(problem).toMatchObject({ status: 400, errors: issues });
    expect(problem).not.toHaveProperty('details');
  });

  it('leaves out figures where there are none', () => {
    expect(toProblemDetails(new OverloadedError({}))).not.toHaveProperty('details');
  });

  it.each([
    ['an unknown throw', new Error('password=hunter2')],
    ['a string', 'password=hunter2'],
    ['a server-side fault', new ConfigurationError({ settings: [{ setting: 'SECRET', rule: 'hunter2' }] })],
  ])('tells nothing of %s', (_title, thrown) => {
    const problem = toProblemDetails(thrown, { requestId: 'r-1' });

    expect(problem).toMatchObject({ status: 500, code: 'INTERNAL_ERROR', requestId: 'r-1' });
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|SECRET/);
  });
});
