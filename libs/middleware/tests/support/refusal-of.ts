/** What a call rejects with, as its code and that of its cause. */
export async function refusalOf(call: Promise<unknown>): Promise<{ readonly code: unknown; readonly reason: unknown }> {
  try {
    await call;
  } catch (error) {
    const { code, cause } = error as { readonly code?: unknown; readonly cause?: { readonly code?: unknown } };
    return { code, reason: cause?.code };
  }
  throw new Error('Nothing was refused.');
}
