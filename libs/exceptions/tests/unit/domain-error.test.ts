import { DomainError, isDomainError } from '@cnop/exceptions';

const parts = {
  name: 'KycRequiredError',
  message: 'verification of level 2 is required',
  code: 'KYC_REQUIRED',
  status: 422,
  title: 'The identity of the customer is not verified.',
  advice: 'Verify the identity first.',
  retryable: false,
  details: { level: 2 },
};
const foreign = (changes: object = {}) => Object.assign(new Error('x'), parts, changes);

describe(isDomainError, () => {
  it('knows an error of this copy of the package, and one of another by its shape', () => {
    expect(isDomainError(new DomainError(parts))).toBe(true);
    expect(isDomainError(foreign())).toBe(true);
  });

  it.each([
    ['a plain error', new Error('x')],
    ['a Node error', Object.assign(new Error('x'), { code: 'ECONNRESET', details: {}, retryable: true })],
    ['no error at all', parts],
    ['undefined', undefined],
    ['an error with a status of success', foreign({ status: 200 })],
    ['an error with a status in words', foreign({ status: '422' })],
    ['an error without a title', foreign({ title: undefined })],
    ['an error without advice', foreign({ advice: null })],
    ['an error with a numeric code', foreign({ code: 42 })],
    ['an error that does not say whether to retry', foreign({ retryable: 'no' })],
    ['an error without details', foreign({ details: null })],
    ['an error whose details are a text', foreign({ details: '{}' })],
  ])('does not take %s for one', (_title, value) => {
    expect(isDomainError(value)).toBe(false);
  });
});
