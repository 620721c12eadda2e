/** The version of the attributes' meaning that this release writes; on every item of the users table. */
export const SCHEMA_VERSION = 1;
