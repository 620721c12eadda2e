import type { Fault } from './fault.ts';

/**
 * DynamoDB has forgotten the ClientRequestToken of a transaction, as it does after ten minutes: a repeat is a new transaction to
 * it. Affects TransactWriteItems only.
 */
export const forgetToken = (): Fault => ({
  name: 'forgotten token',
  appliesTo: ({ target }) => target === 'TransactWriteItems',
  apply: (call) => {
    const digits = Array.from({ length: 32 }, () => Math.floor(call.random() * 16).toString(16)).join('');

    return call.send(call.body.replace(/("ClientRequestToken":")[^"]*/, `$1${digits}`));
  },
});
