/** How a caller learns that its request or the answer is lost. */
export type Loss = 'timeout' | 'reset';

/** The error that the SDK's HTTP handler throws for a lost request or response. */
export function lossError(loss: Loss): Error {
  const [message, code] = loss === 'timeout' ? ['No answer in time.', 'ETIMEDOUT'] : ['socket hang up', 'ECONNRESET'];

  return Object.assign(new Error(message), { name: 'TimeoutError', code });
}
