import { defineErrors, deserializeError, DomainError, serializeError, toProblemDetails } from '@cnop/exceptions';

const { KycRequiredError } = defineErrors({
  KycRequiredError: {
    code: 'KYC_REQUIRED',
    status: 422,
    title: 'The identity of the customer is not verified.',
    advice: 'Verify the identity first, then repeat the request.',
    message: ({ level }: { readonly level: number }) => `verification of level ${level} is required`,
  },
});

describe(deserializeError, () => {
  it('gives the same error again, without its cause', () => {
    const error = new KycRequiredError({ level: 2 }, { cause: new Error('the bureau said so') });

    const restored = deserializeError(serializeError(error));

    expect(restored).toBeInstanceOf(DomainError);
    expect(serializeError(restored)).toBe(serializeError(error));
    expect(restored).toMatchObject({ name: 'KycRequiredError', message: error.message, details: { level: 2 } });
    expect(restored.cause).toBeUndefined();
    expect(KycRequiredError.is(restored)).toBe(true);
    expect(toProblemDetails(restored)).toEqual(toProblemDetails(error));
  });

  it('writes nothing of the cause', () => {
    const error = new KycRequiredError({ level: 2 }, { cause: new Error('password=hunter2') });

    expect(serializeError(error)).not.toContain('hunter2');
  });

  it.each([['{"a'], ['null'], ['42'], ['{}'], ['{"code":"KYC_REQUIRED","details":{}}']])(
    'refuses a text that is none: %s',
    (text) => {
      expect(() => deserializeError(text)).toThrow('The text is not that of a serialized error.');
    },
  );
});
