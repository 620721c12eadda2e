export { assertWholeSetting } from './assert-whole-setting.ts';
export {
  assetIdSchema,
  balanceCodeSchema,
  createDateOfBirthSchema,
  currencyCodeSchema,
  dateOfBirthSchema,
  emailSchema,
  idempotencyKeySchema,
  metadataSchema,
  noteSchema,
  orderIdSchema,
  ownerSchema,
  passwordSchema,
  personNameSchema,
  phoneSchema,
  remarkFields,
  remarksOf,
  timestampSchema,
  transactionIdSchema,
  usernameSchema,
  wellFormedTextSchema,
  type Remarks,
} from './fields.ts';
export { decimalTextSchema, positiveDecimalTextSchema, signedDecimalTextSchema } from './decimal-text.ts';
export { currencyErrors } from './errors.ts';
export { currencyScale, isCurrencyCode, isoCurrencyCodes, isReservedCode } from './iso-currencies.ts';
export { listResponseSchema, type Page, pageSchema } from './page.ts';
export { namesAField, parseInput, toValidationIssues } from './parse-input.ts';
export {
  httpUrlSetting,
  listSetting,
  readEnvironment,
  wholeNumberSetting,
  type Environment,
} from './read-environment.ts';
export { allOf, assertRules, firstBroken, type Rule } from './rules.ts';
