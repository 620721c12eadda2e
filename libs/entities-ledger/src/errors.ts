import { defineErrors } from '@cnop/exceptions';

/** The errors of balances and their transactions. Messages name no owner: it may be personal. */
export const ledgerErrors = defineErrors({
  /** The owner has no balance of that code. */
  BalanceNotFoundError: {
    code: 'BALANCE_NOT_FOUND',
    status: 404,
    title: 'There is no such balance.',
    advice: 'A balance exists from its first credit on.',
    message: ({ code }: Readonly<Record<'owner' | 'code', string>>) => `there is no balance of ${code}`,
  },
  /** The owner already has a balance of that code. */
  BalanceExistsError: {
    code: 'BALANCE_EXISTS',
    status: 409,
    title: 'The balance already exists.',
    advice: 'Nothing to do: use the existing balance.',
    message: ({ code }: Readonly<Record<'owner' | 'code', string>>) => `a balance of ${code} already exists`,
  },
  /** The available amount does not cover the required one; both are given as decimal text. */
  InsufficientFundsError: {
    code: 'BALANCE_INSUFFICIENT',
    status: 422,
    title: 'The available balance does not cover the amount.',
    advice: '`details` has the `available` and the `required` amount. Held amounts are not available.',
    message: ({ code, available, required }: Readonly<Record<'code' | 'available' | 'required', string>>) =>
      `available ${available} ${code}, required ${required} ${code}`,
  },
  /** The balance is frozen and takes no debit. */
  BalanceFrozenError: {
    code: 'BALANCE_FROZEN',
    status: 403,
    title: 'The balance is frozen.',
    advice: 'A frozen balance takes credits but no debits until it is made active again.',
    message: ({ code }: { readonly code: string }) => `the balance of ${code} is frozen`,
  },
  /** As many open orders as one owner may have already hold that code. */
  TooManyOpenOrdersError: {
    code: 'TOO_MANY_OPEN_ORDERS',
    status: 409,
    title: 'Too many open orders hold this currency or asset.',
    advice: '`details` has the `maximum`. Cancel an open order first, or wait until one ends.',
    message: ({ code, maximum }: { readonly code: string; readonly maximum: number }) =>
      `${maximum} open orders hold ${code} already, and no more may`,
  },
  /** The amount was given at another scale than the balance has. */
  ScaleMismatchError: {
    code: 'BALANCE_SCALE_MISMATCH',
    status: 409,
    title: 'The scale of the amount is not that of the balance.',
    advice: 'The scale of a code never changes; the caller used a wrong definition of the asset.',
    message: (details: { readonly code: string; readonly scale: number; readonly expectedScale: number }) =>
      `the scale of ${details.code} is ${details.expectedScale}, the amount has ${details.scale}`,
  },
  /** Nobody is known by that name to whom the amount could be transferred. */
  RecipientUnknownError: {
    code: 'RECIPIENT_UNKNOWN',
    status: 422,
    title: 'The recipient is not known.',
    advice: 'Check the name. Without a check of owners, a recipient is one who has a balance of that code already.',
    message: ({ code }: { readonly code: string }) => `the recipient has no balance of ${code}`,
  },
  /** The owner has no balance transaction of that id. */
  TransactionNotFoundError: {
    code: 'TRANSACTION_NOT_FOUND',
    status: 404,
    title: 'There is no such balance transaction.',
    advice: 'Check the id and the user it belongs to.',
    message: ({ transactionId }: { readonly transactionId: string }) =>
      `there is no balance transaction ${transactionId}`,
  },
  /** The balance transaction has already reached a final status. */
  TransactionNotPendingError: {
    code: 'TRANSACTION_NOT_PENDING',
    status: 409,
    title: 'The balance transaction is not pending.',
    advice: 'Only a pending deposit can be settled, failed or cancelled, and only once.',
    message: ({ transactionId, status }: Readonly<Record<'transactionId' | 'status', string>>) =>
      `the balance transaction ${transactionId} is ${status}`,
  },
});
