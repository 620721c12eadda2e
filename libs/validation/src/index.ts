export { emailSchema, ownerSchema, passwordSchema, usernameSchema } from './account-fields.ts';
export { assetIdSchema, balanceCodeSchema, currencyCodeSchema } from './code-fields.ts';
export { decimalTextSchema, positiveDecimalTextSchema, signedDecimalTextSchema } from './decimal-text.ts';
export { currencyErrors } from './errors.ts';
export { idempotencyKeySchema, orderIdSchema, transactionIdSchema } from './id-fields.ts';
export { currencyScale, isCurrencyCode, isoCurrencyCodes, isReservedCode } from './iso-currencies.ts';
export { listResponseSchema } from './list-response.ts';
export { metadataSchema } from './metadata.ts';
export { namesAField } from './names-a-field.ts';
export { pageSchema, type Page } from './page.ts';
export { parseInput } from './parse-input.ts';
export { createDateOfBirthSchema, dateOfBirthSchema, personNameSchema, phoneSchema } from './person-fields.ts';
export {
  httpUrlSetting,
  listSetting,
  readEnvironment,
  wholeNumberSetting,
  type Environment,
} from './read-environment.ts';
export { allOf, assertRules, firstBroken, type Rule } from './rules.ts';
export { timestampSchema } from './timestamp.ts';
export { wellFormedTextSchema } from './well-formed-text.ts';
export { toValidationIssues } from './validation-issues.ts';
