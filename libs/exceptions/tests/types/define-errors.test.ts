import { defineErrors, isDomainError, type DomainError, type ErrorOf } from '@cnop/exceptions';
import { expectTypeOf } from 'expect-type';

const kycErrors = defineErrors({
  KycRequiredError: {
    code: 'KYC_REQUIRED',
    status: 422,
    title: 'The identity of the customer is not verified.',
    advice: 'Verify the identity first.',
    message: ({ level }: { readonly level: number }) => `verification of level ${level} is required`,
  },
  BureauBusyError: { code: 'BUREAU_BUSY', status: 503, title: 'The bureau is busy.', advice: 'Try again later.' },
});

type KycRequiredError = ErrorOf<typeof kycErrors, 'KycRequiredError'>;
type KycError = ErrorOf<typeof kycErrors>;

describe('types of errors that a domain defines', () => {
  it('know the code and the details', () => {
    const error = new kycErrors.KycRequiredError({ level: 2 });

    expectTypeOf(error).toEqualTypeOf<KycRequiredError>();
    expectTypeOf(error.code).toEqualTypeOf<'KYC_REQUIRED'>();
    expectTypeOf(error.details).toEqualTypeOf<{ readonly level: number }>();
    expectTypeOf<KycRequiredError>().toExtend<DomainError>();
  });

  it('take the details of the definition and no others', () => {
    expectTypeOf(kycErrors.KycRequiredError).toBeConstructibleWith({ level: 2 });
    expectTypeOf(kycErrors.BureauBusyError).toBeConstructibleWith({}, { cause: new Error('x') });
    // @ts-expect-error A level is a number.
    new kycErrors.KycRequiredError({ level: '2' });
    // @ts-expect-error The level is missing.
    new kycErrors.KycRequiredError({});
    // @ts-expect-error This error has no details.
    new kycErrors.BureauBusyError({ level: 2 });
  });

  it('narrow what was thrown, by the class or by the code', () => {
    const detailsOf = (error: unknown) => (kycErrors.KycRequiredError.is(error) ? error.details.level : undefined);
    const levelOf = (error: KycError) => (error.code === 'KYC_REQUIRED' ? error.details.level : undefined);
    const codeOf = (error: unknown) => (isDomainError(error) ? error.code : undefined);

    expectTypeOf(detailsOf).returns.toEqualTypeOf<number | undefined>();
    expectTypeOf(levelOf).returns.toEqualTypeOf<number | undefined>();
    expectTypeOf(codeOf).returns.toEqualTypeOf<string | undefined>();
    expectTypeOf<KycError['code']>().toEqualTypeOf<'KYC_REQUIRED' | 'BUREAU_BUSY'>();
  });

  it('refuse a definition without its title', () => {
    // @ts-expect-error The title is missing.
    defineErrors({ BureauBusyError: { code: 'BUREAU_BUSY', status: 503, advice: 'Try again later.' } });
  });
});
