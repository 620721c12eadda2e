import { z } from 'zod';

import { isCurrencyCode, isReservedCode } from './iso-currencies.ts';

const codePattern = /^[A-Z][A-Z0-9.-]{0,19}$/;
const codeError = 'Use 1 to 20 of A to Z, 0 to 9, dot and hyphen; begin with a letter.';

/** The ISO 4217 code of a currency that has a scale, upper-case. */
export const currencyCodeSchema = z
  .string()
  .refine(isCurrencyCode, { error: 'This is not the ISO 4217 code of a currency.' });

/** The id of an asset: 1 to 20 of A–Z, 0–9, "." and "-", the first a letter, and not an ISO 4217 code. */
export const assetIdSchema = z
  .string()
  .regex(codePattern, { error: codeError })
  .refine((assetId) => !isReservedCode(assetId), { error: 'An asset id is not an ISO 4217 code.' });

/** What a balance is kept in: a currency code or an asset id. */
export const balanceCodeSchema = z
  .string()
  .regex(codePattern, { error: codeError })
  .refine((code) => isCurrencyCode(code) || !isReservedCode(code), {
    error: 'This ISO 4217 code has no minor unit, so no balance is kept in it.',
  });
