/**
 * The cost of a password hash: argon2id with 19 MiB, two passes, one lane.
 *
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html}
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The native module, loaded by the first password: what hashes none never loads it. */
const argon2 = () => import('@node-rs/argon2');

/** Hashes a password with argon2id and a fresh salt. */
export const hashPassword = async (password: string): Promise<string> => await (await argon2()).hash(password, cost);

/** Whether the password is the one that was hashed. */
export const passwordMatches = async (passwordHash: string, password: string): Promise<boolean> =>
  await (await argon2()).verify(passwordHash, password);

/**
 * A hash that no password is known for, of the same cost: verified against where there is no user, so that the work is the same
 * from the first call on.
 */
export const decoyHash =
  `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}` +
  `$${'A'.repeat(22)}$${'A'.repeat(43)}`;
