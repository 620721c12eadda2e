import { defineErrors } from '@cnop/exceptions';

/** The errors of currency codes. */
export const currencyErrors = defineErrors({
  /** The code is not a registered currency. */
  CurrencyNotRegisteredError: {
    code: 'CURRENCY_NOT_REGISTERED',
    status: 422,
    title: 'The currency is not registered.',
    advice: 'Only currencies that this deployment registers can be deposited and withdrawn.',
    message: ({ code }: { readonly code: string }) => `${code} is not a registered currency`,
  },
});
