import { parseDecimal } from '@cnop/utils';
import { signedDecimalTextSchema } from '@cnop/validation';
import { signedMinorSchema } from './amount.ts';

/** An amount as a caller gives it: as decimal text ("12.50"), or in minor units (`1250n`); exactly one of them. */
export type AmountInput = { amount: string; amountMinor?: undefined } | { amount?: undefined; amountMinor: bigint };

/** The fields of an amount in a request. That there is exactly one is for {@link amountInputProblems} to say. */
export const amountInputFields = {
  amount: signedDecimalTextSchema.optional(),
  amountMinor: signedMinorSchema.optional(),
};

/** The fields as they are read: none, one or both of them. */
interface ReadAmount {
  readonly amount?: string | undefined;
  readonly amountMinor?: bigint | undefined;
}

/** What is wrong with an amount, apart from its scale: by field, in a sentence. Exactly one must be given, and not of zero. */
export function amountInputProblems(
  { amount, amountMinor }: ReadAmount,
  { signed }: { readonly signed: boolean },
): { path: 'amount' | 'amountMinor'; message: string }[] {
  if (amount !== undefined && amountMinor !== undefined)
    return [{ path: 'amount', message: 'Give the amount as amount or as amountMinor, not both.' }];

  const path = amount === undefined ? 'amountMinor' : 'amount';
  const text = amount ?? amountMinor?.toString();
  if (text === undefined) return [{ path: 'amount', message: 'Give the amount, as amount or as amountMinor.' }];
  if (!/[1-9]/.test(text)) return [{ path, message: 'An amount is never zero.' }];

  return signed || !text.startsWith('-') ? [] : [{ path, message: 'Only an adjustment may be negative.' }];
}

/**
 * An amount in minor units of a scale.
 *
 * @throws {@link sharedErrors.InvalidAmountError} naming the field `amount`, when the text has more decimals than the scale or is too
 *   large.
 */
export const minorOf = ({ amount = '', amountMinor }: ReadAmount, scale: number): bigint =>
  amountMinor ?? parseDecimal(amount, scale, 'amount');
