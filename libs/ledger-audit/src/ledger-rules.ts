/** The number of an invariant of the ledger. */
export type InvariantNumber = 1 | 2 | 3 | 4 | 5 | 6;

interface LedgerRule {
  readonly invariant: InvariantNumber;
  readonly message: string;
}

/**
 * Every rule that an audit checks, by name: which invariant it belongs to, and the fixed sentence that reports it.
 *
 * 1: balances are the sums of their postings. 2: nothing is below zero, and what is held is held for open orders. 3: orders and
 * their journal entries agree. 4: every entry has its type's shape. 5: every status is one that legal steps lead to. 6: standing orders
 * are where they are found, and are filled and ended as the log of ticks says.
 */
export const ledgerRules = {
  'available-differs-from-postings': {
    invariant: 1,
    message: 'The available amount is not the sum of the completed postings to it.',
  },
  'held-differs-from-postings': {
    invariant: 1,
    message: 'The held amount is not the sum of the completed postings to it.',
  },
  'deposited-differs-from-postings': {
    invariant: 1,
    message: 'The total of deposits is not the sum of the completed deposits.',
  },
  'withdrawn-differs-from-postings': {
    invariant: 1,
    message: 'The total of withdrawals is not the sum of the completed withdrawals.',
  },
  'balance-missing': { invariant: 1, message: 'Completed postings moved a balance that does not exist.' },
  'currency-scale-wrong': { invariant: 1, message: 'The scale of a currency is not that of ISO 4217.' },
  'posting-scale-differs': { invariant: 1, message: 'A completed posting has another scale than its balance.' },

  'available-negative': { invariant: 2, message: 'The available amount is below zero.' },
  'held-negative': { invariant: 2, message: 'The held amount is below zero.' },
  'held-differs-from-open-orders': {
    invariant: 2,
    message: 'The held amount is not the sum of what the open orders of the owner hold.',
  },
  'open-orders-differ': {
    invariant: 2,
    message: 'The count of open orders is not the number of open orders of the owner that hold the code.',
  },
  'order-held-negative': { invariant: 2, message: 'The order holds an amount below zero.' },
  'order-hold-differs-from-need': {
    invariant: 2,
    message: 'What the open order holds is not what the rest of it can cost.',
  },

  'order-names-missing-entry': {
    invariant: 3,
    message: 'The order names a journal entry that its owner does not have.',
  },
  'order-names-foreign-entry': { invariant: 3, message: 'The order names a journal entry that names another order.' },
  'order-names-entry-of-wrong-type': { invariant: 3, message: 'The order names a journal entry of the wrong type.' },
  'order-names-entry-twice': { invariant: 3, message: 'The order names one journal entry twice.' },
  'fill-differs-from-payment': { invariant: 3, message: 'A fill of the order is not what its payment says.' },
  'order-hold-differs': {
    invariant: 3,
    message: 'What the entries of the order hold, less captures and releases, is not what the order holds.',
  },
  'terminal-order-holds': { invariant: 3, message: 'The order is over but still holds something.' },
  'fee-differs-from-rate': {
    invariant: 3,
    message: 'The fee of a fill is not what the rate of its order makes of its notional.',
  },
  'fill-beyond-price': {
    invariant: 3,
    message: 'A fill of the order is at a worse price than the order permits.',
  },
  'order-id-not-derived': {
    invariant: 3,
    message: 'The id of the order is not the one that its owner and its client order id make.',
  },
  'venue-fill-twice': { invariant: 3, message: 'The order has two fills of one id of its venue.' },
  'exits-differ-from-fills': {
    invariant: 3,
    message: 'The exits of the bracket are not for what its entry was filled with.',
  },
  'parent-missing': { invariant: 3, message: 'The exit is not one that its entry names.' },
  'refund-differs-from-payments': { invariant: 3, message: 'The refund is not the exact negation of the payments.' },
  'entry-names-missing-order': { invariant: 3, message: 'The journal entry names an order that does not exist.' },
  'entry-names-foreign-order': { invariant: 3, message: 'The journal entry names an order of another owner.' },
  'entry-not-named-by-order': {
    invariant: 3,
    message: 'The journal entry names an order that does not name it as what it is.',
  },

  'entry-shape-wrong': { invariant: 4, message: 'The journal entry does not have the shape of its type.' },
  'transfer-mirror-missing': {
    invariant: 4,
    message: 'The counterparty of the transfer has no entry that mirrors it.',
  },
  'transfer-mirror-differs': { invariant: 4, message: 'The entry of the counterparty does not mirror the transfer.' },
  'malformed-item': { invariant: 4, message: 'The item cannot be read.' },
  'name-malformed': { invariant: 4, message: 'A name or an id in the item is outside its alphabet.' },
  'unknown-item': { invariant: 4, message: 'The item is of no kind that its table holds.' },

  'entry-status-illegal': { invariant: 5, message: 'The journal entry has a status that its type never has.' },
  'order-names-unsettled-entry': {
    invariant: 5,
    message: 'The order counts a journal entry that is not completed and moved nothing.',
  },
  'completed-order-without-fills': { invariant: 5, message: 'The order is completed but nothing was executed.' },
  'fills-differ-from-quantity': {
    invariant: 5,
    message: 'The fills of the order do not fit its quantity in its status.',
  },
  'unexecuted-order-with-fills': { invariant: 5, message: 'The order has fills in a status before any execution.' },
  'unopened-order-holds': { invariant: 5, message: 'The order holds something in a status before it was opened.' },
  'refund-of-uncompleted-order': {
    invariant: 5,
    message: 'The order names a refund but is not over, or was never filled.',
  },
  'ended-at-differs': {
    invariant: 5,
    message: 'The order is over without saying since when, or says so though it is not over.',
  },
  'claim-entry-missing': {
    invariant: 5,
    message: 'An accepted idempotency claim names a journal entry that does not exist.',
  },
  'claim-entry-differs': {
    invariant: 5,
    message: 'An accepted idempotency claim names a journal entry of another key.',
  },
  'refused-claim-has-entry': {
    invariant: 5,
    message: 'A refused idempotency claim names a journal entry that did not fail.',
  },
  'refused-claim-without-refusal': {
    invariant: 5,
    message: 'A refused idempotency claim does not say what refused it.',
  },
  'updated-before-created': { invariant: 5, message: 'The item was updated before it was made.' },
  'email-claim-missing': { invariant: 5, message: 'The address of the profile is not claimed.' },
  'email-claim-of-other-user': { invariant: 5, message: 'The address of the profile is claimed by another user.' },
  'email-claim-without-profile': { invariant: 5, message: 'The address is claimed by a user without a profile.' },
  'email-claim-not-used': { invariant: 5, message: 'The address is claimed by a user whose profile has another.' },

  'trigger-keys-differ': {
    invariant: 6,
    message: 'The keys by which the order is found are not those that follow from it.',
  },
  'fill-outside-terms': {
    invariant: 6,
    message: 'A fill of the order is not one that its terms and the log of ticks permit.',
  },
  'order-overdue': { invariant: 6, message: 'The order is open though it should have expired.' },
  'order-missed-trigger': {
    invariant: 6,
    message: 'The order is open though a tick that is worked off has made it due.',
  },
  'tick-not-newest': {
    invariant: 6,
    message:
      'The price of the asset is not that of its newest tick, or its ticks are not in the order of their acceptance.',
  },
  'tick-chain-broken': { invariant: 6, message: 'The tick does not name the one before it.' },
} as const satisfies Readonly<Record<string, LedgerRule>>;

/** The name of a rule of the ledger. */
export type LedgerRuleName = keyof typeof ledgerRules;
