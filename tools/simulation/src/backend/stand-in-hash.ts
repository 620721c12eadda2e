import { randomUUID } from 'node:crypto';

/** Takes the place of argon2 in virtual time, of which that would be a third: a text with a salt, that a password can be told from. */
export const hash = (password: string): Promise<string> => Promise.resolve(`${randomUUID()} ${password}`);

export const verify = (stored: string, password: string): Promise<boolean> =>
  Promise.resolve(stored.endsWith(` ${password}`));

/** As a CommonJS module is imported by `import()`: all of it is the default export. */
export default { hash, verify };
