import { wellFormedTextSchema } from '@cnop/validation';

const MAX_NAME_LENGTH = 100;
const MAX_DESCRIPTION_LENGTH = 1_000;
const MAX_SOURCE_LENGTH = 64;

/** What an asset is called, for people: 1 to 100 characters. */
export const assetNameSchema = wellFormedTextSchema.min(1).max(MAX_NAME_LENGTH);

/** What an asset is, for people: 1 to 1000 characters. */
export const assetDescriptionSchema = wellFormedTextSchema.min(1).max(MAX_DESCRIPTION_LENGTH);

/** Where a price comes from, such as a feed's name: 1 to 64 characters. */
export const priceSourceNameSchema = wellFormedTextSchema.min(1).max(MAX_SOURCE_LENGTH);
