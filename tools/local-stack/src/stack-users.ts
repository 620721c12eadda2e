import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FirstUser } from '@cnop/user-service';

/**
 * The administrator and the price feed of a stack, with passwords that are made anew, or kept in `stack-users.json` beside the data so
 * that they fit whoever is stored there. Only their owner may read that file.
 */
export async function stackUsers(dataDir: string | undefined): Promise<FirstUser[]> {
  if (dataDir === undefined) return generateUsers();
  const file = join(dataDir, 'stack-users.json');

  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, JSON.stringify(generateUsers(), undefined, 2), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return JSON.parse(await readFile(file, 'utf8')) as FirstUser[];
}

const generateUsers = (): FirstUser[] =>
  (['admin', 'price-feed'] as const).map((role) => ({
    username: role,
    password: randomBytes(15).toString('base64url'),
    email: `${role}@example.com`,
    role,
  }));
