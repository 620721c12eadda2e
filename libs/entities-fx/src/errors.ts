import { defineErrors } from '@cnop/exceptions';

/** Of what an error of a conversion is. */
interface Pair {
  readonly from: string;
  readonly to: string;
}

/** The errors of exchange rates and conversions. */
export const fxErrors = defineErrors({
  /** No rate leads from one currency to the other, or one of them may not be converted. */
  CurrencyPairNotSupportedError: {
    code: 'CURRENCY_PAIR_NOT_SUPPORTED',
    status: 422,
    title: 'The two currencies are not converted into one another.',
    advice: 'Choose other currencies.',
    message: ({ from, to }: Pair) => `${from} is not converted into ${to}`,
  },
  /** A conversion would give or take nothing, or less than the currency's minimum. */
  ConversionBelowMinimumError: {
    code: 'CONVERSION_BELOW_MINIMUM',
    status: 422,
    title: 'The amount is too small to be converted.',
    advice: 'Convert a larger amount.',
    message: ({
      code,
      amount,
      minimum,
    }: {
      readonly code: string;
      readonly amount: string;
      readonly minimum: string;
    }) => `${amount} ${code} is below the minimum of ${minimum}`,
  },
});
