/** The message of whatever was thrown. Not by `instanceof`, which fails across realms, such as that of a Jest test. */
export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };

  return typeof message === 'string' ? message : String(error);
}
