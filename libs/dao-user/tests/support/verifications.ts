/**
 * The hashes that passwords are verified against meanwhile, without salt and digest: algorithm, version and cost, which are all that the
 * work of a verification depends on.
 */
export async function verificationsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const { default: argon2 } = await import('@node-rs/argon2');
  const verify = jest.spyOn(argon2, 'verify');

  try {
    await work();
    return verify.mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'));
  } finally {
    verify.mockRestore();
  }
}
