export { emailSchema, ownerSchema, passwordSchema, usernameSchema } from './fields.ts';
export { assetIdSchema, balanceCodeSchema, currencyCodeSchema } from './fields.ts';
export { decimalTextSchema, positiveDecimalTextSchema, signedDecimalTextSchema } from './fields.ts';
export { currencyErrors } from './errors.ts';
export { idempotencyKeySchema, orderIdSchema, transactionIdSchema } from './fields.ts';
export { currencyScale, isCurrencyCode, isoCurrencyCodes, isReservedCode } from './iso-currencies.ts';
export { listResponseSchema } from './page.ts';
export { metadataSchema } from './fields.ts';
export { namesAField } from './parse-input.ts';
export { pageSchema, type Page } from './page.ts';
export { parseInput } from './parse-input.ts';
export { createDateOfBirthSchema, dateOfBirthSchema, personNameSchema, phoneSchema } from './fields.ts';
export {
  httpUrlSetting,
  listSetting,
  readEnvironment,
  wholeNumberSetting,
  type Environment,
} from './read-environment.ts';
export { allOf, assertRules, firstBroken, type Rule } from './rules.ts';
export { timestampSchema } from './fields.ts';
export { wellFormedTextSchema } from './fields.ts';
export { toValidationIssues } from './parse-input.ts';
