import { defineErrors, isDomainError, toProblemDetails } from '@cnop/exceptions';

const kycErrors = defineErrors({
  KycRequiredError: {
    code: 'KYC_REQUIRED',
    status: 422,
    title: 'The identity of the customer is not verified.',
    advice: 'Verify the identity first, then repeat the request.',
    message: ({ level }: { readonly level: number }) => `verification of level ${level} is required`,
  },
});

try {
  throw new kycErrors.KycRequiredError({ level: 2 });
} catch (error) {
  if (!isDomainError(error)) throw error;
  if (kycErrors.KycRequiredError.is(error)) process.stdout.write(`level ${error.details.level}\n`);

  const problem = toProblemDetails(error, { instance: '/v1/orders' });
  process.stdout.write(`${problem.status} ${problem.code}\n`); // 422 KYC_REQUIRED
}
