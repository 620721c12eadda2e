import type { WriteAction } from '@cnop/database-core';
import { assertPositiveAmount, ledgerErrors, type Balance } from '@cnop/entities-ledger';
import { balanceKey, fromBalanceItem, SCHEMA_VERSION } from '@cnop/entities-ledger/table';
import type { DomainError } from '@cnop/exceptions';
import {
  coveredCondition,
  creditRefusal,
  insufficientFunds,
  scaleRefusal,
  standingRefusal,
} from './balance-actions.ts';
import type { BalanceCapture, BalanceHold, BalanceRelease, HeldCredit } from './held-moves.ts';
import type { LedgerTable } from './ledger-table.ts';

const holdExpression = 'SET updatedAt = :at ADD availableMinor :change, heldMinor :amount, version :one';
const belowMaximum = ' AND ((attribute_not_exists(openOrders)) OR (openOrders < :maxOpenOrders))';

/** Moves from `available` into `held` what the former covers, if the balance is not frozen and no open order is one too many. */
export function holdAction({ tableName }: LedgerTable, hold: BalanceHold): WriteAction {
  assertPositiveAmount(hold);
  const { owner, code, amountMinor, scale, at, opensOrder, maxOpenOrders } = hold;
  const isLimited = maxOpenOrders !== undefined;

  return {
    write: {
      Update: {
        TableName: tableName,
        Key: balanceKey(owner, code),
        UpdateExpression: opensOrder ? `${holdExpression}, openOrders :one` : holdExpression,
        ConditionExpression: isLimited ? coveredCondition + belowMaximum : coveredCondition,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':scale': scale,
          ':at': at,
          ':amount': amountMinor,
          ':change': -amountMinor,
          ':active': 'ACTIVE',
          ':one': 1,
          ...(isLimited && { ':maxOpenOrders': maxOpenOrders }),
        },
      },
    },
    onConditionFailed: (oldItem) => holdRefusal(hold, oldItem && fromBalanceItem(oldItem)),
  };
}

/** What no deposit would cure comes before what one would: scale, freeze, number of orders, cover. */
function holdRefusal(hold: BalanceHold, balance: Balance | undefined): DomainError {
  const { code, maxOpenOrders: maximum = Infinity } = hold;
  const standingProblem = standingRefusal(hold, balance);
  if (standingProblem) return standingProblem;

  return balance && balance.openOrders >= maximum
    ? new ledgerErrors.TooManyOpenOrdersError({ code, maximum })
    : insufficientFunds(hold, balance);
}

const closing = {
  expression: ', openOrders :minusOne',
  condition: ' AND (openOrders >= :one)',
  values: { ':minusOne': -1 },
};
const notClosing = { expression: '', condition: '', values: {} };

const releaseExpression = 'SET updatedAt = :at ADD availableMinor :amount, heldMinor :change, version :one';

/** Moves from `held` back into `available`, of a frozen balance too. */
export function releaseAction({ tableName }: LedgerTable, release: BalanceRelease): WriteAction {
  assertPositiveAmount(release);
  const { owner, code, amountMinor, scale, at, closesOrder } = release;
  const { expression, condition, values } = closesOrder ? closing : notClosing;

  return {
    write: {
      Update: {
        TableName: tableName,
        Key: balanceKey(owner, code),
        UpdateExpression: releaseExpression + expression,
        ConditionExpression: `(scale = :scale) AND (heldMinor >= :amount)${condition}`,
        ExpressionAttributeValues: {
          ':scale': scale,
          ':at': at,
          ':amount': amountMinor,
          ':change': -amountMinor,
          ':one': 1,
          ...values,
        },
      },
    },
    onConditionFailed: (oldItem) => {
      const balance = oldItem && fromBalanceItem(oldItem);
      const mismatch = scaleRefusal(release, balance);
      if (!mismatch) throw brokenHold(balance);

      return mismatch;
    },
  };
}

const captureExpression = 'SET updatedAt = :at ADD heldMinor :captured, version :one';
const captureCondition =
  '(scale = :scale) AND (heldMinor >= :held) AND ((attribute_not_exists(#status)) OR (#status = :active))';

/** Takes what a fill pays out of `held`, and gives the rest to `available` or takes what is missing from there. */
export function captureAction({ tableName }: LedgerTable, capture: BalanceCapture): WriteAction {
  const { owner, code, heldMinor, availableMinor, scale, at, closesOrder } = capture;
  assertPositiveAmount({ amountMinor: heldMinor }, 'heldMinor');
  const { expression, condition, values } = closesOrder ? closing : notClosing;
  const isShort = availableMinor < 0n;

  return {
    write: {
      Update: {
        TableName: tableName,
        Key: balanceKey(owner, code),
        UpdateExpression:
          (availableMinor === 0n ? captureExpression : `${captureExpression}, availableMinor :rest`) + expression,
        ConditionExpression:
          (isShort ? `${captureCondition} AND (availableMinor >= :missing)` : captureCondition) + condition,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':scale': scale,
          ':at': at,
          ':held': heldMinor,
          ':captured': -heldMinor,
          ...(availableMinor !== 0n && { ':rest': availableMinor }),
          ...(isShort && { ':missing': -availableMinor }),
          ':active': 'ACTIVE',
          ':one': 1,
          ...values,
        },
      },
    },
    onConditionFailed: (oldItem) => captureRefusal(capture, oldItem && fromBalanceItem(oldItem)),
  };
}

function captureRefusal(capture: BalanceCapture, balance: Balance | undefined): DomainError {
  const { heldMinor, availableMinor, closesOrder } = capture;
  const standingProblem = standingRefusal(capture, balance);
  if (standingProblem) return standingProblem;

  const isIntact = balance && balance.heldMinor >= heldMinor && !(closesOrder && balance.openOrders < 1);
  if (!isIntact) throw brokenHold(balance);
  return insufficientFunds({ ...capture, amountMinor: -availableMinor }, balance);
}

/** Only the order that a balance holds something for takes it away, so there is no refusal where it is not there. */
const brokenHold = (balance: Balance | undefined): Error =>
  new Error(
    balance
      ? `A balance that holds ${balance.heldMinor.toString()} for ${balance.openOrders} orders lacks what an order takes out.`
      : 'A balance that holds something for an order is absent.',
  );

const heldCreditExpression =
  'SET schemaVersion = if_not_exists(schemaVersion, :schemaVersion), scale = if_not_exists(scale, :scale), ' +
  'availableMinor = if_not_exists(availableMinor, :none), createdAt = if_not_exists(createdAt, :at), updatedAt = :at ' +
  'ADD heldMinor :amount, version :one';

/** Adds to `held`; the first credit makes the balance. */
export function creditHeldAction({ tableName }: LedgerTable, credit: HeldCredit): WriteAction {
  assertPositiveAmount(credit);
  const { owner, code, amountMinor, scale, at, opensOrder } = credit;

  return {
    write: {
      Update: {
        TableName: tableName,
        Key: balanceKey(owner, code),
        UpdateExpression: opensOrder ? `${heldCreditExpression}, openOrders :one` : heldCreditExpression,
        ConditionExpression: '(attribute_not_exists(scale)) OR (scale = :scale)',
        ExpressionAttributeValues: {
          ':schemaVersion': SCHEMA_VERSION,
          ':scale': scale,
          ':none': 0,
          ':at': at,
          ':amount': amountMinor,
          ':one': 1,
        },
      },
    },
    onConditionFailed: (oldItem) => creditRefusal(credit, oldItem),
  };
}
