import type * as Argon2 from '@node-rs/argon2';

const argon2 = jest.requireActual<typeof Argon2>('@node-rs/argon2');

/**
 * The hashes that passwords are verified against meanwhile, without salt and digest: algorithm, version and cost, which are all that the
 * work of a verification depends on.
 */
export async function verificationsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const verify = jest.spyOn(argon2, 'verify');

  try {
    await work();
    return verify.mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'));
  } finally {
    verify.mockRestore();
  }
}
