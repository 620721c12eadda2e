import { readTransaction } from '@cnop/database-core';
import { ledgerErrors, type BalanceTransaction } from '@cnop/entities-ledger';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { balanceKey } from '@cnop/entities-ledger/table';
import { orderIdFor, sideOf, type Order } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import {
  addAmounts,
  amountsOf,
  holdings,
  market,
  negated,
  noAmounts,
  ownerOfAccount,
  ownersOf,
  tradeChange,
  type PendingDeposit,
  type PlacedOrder,
  type World,
} from './market.ts';
import type { EffectRecord, Operation, ReadOperation, RestingTables, WriteOperation } from './operation.ts';
import type { Step } from './plan.ts';

const keyOfStep = ({ id }: Step): string => `step-${id}`;

/** The journal entry of an effect, as the trace of it. */
function recordOf({ transactionId, status, postings }: BalanceTransaction): EffectRecord {
  const changes = postings
    .filter(({ bucket }) => status === 'COMPLETED' && bucket === 'available')
    .map(({ code, amountMinor }) => amountsOf(code, amountMinor));

  return { id: transactionId, change: changes.reduce(addAmounts, noAmounts) };
}

const entriesWhere =
  (isMeant: (entry: BalanceTransaction) => boolean) =>
  ({ entries }: RestingTables): EffectRecord[] =>
    entries.filter(isMeant).map(recordOf);

/** Registers the user of an account, unless another client does; half of those who want the same name have an address of their own. */
function register(step: Step): WriteOperation {
  const username = ownerOfAccount(step.account);
  const idempotencyKey = keyOfStep(step);

  return {
    effect: `register ${username} ${idempotencyKey}`,
    owner: username,
    find: ({ users }) =>
      users
        .filter(({ createKey }) => createKey === idempotencyKey)
        .map(({ owner }) => ({ id: owner, change: noAmounts })),
    refusals: ['USERNAME_TAKEN', 'EMAIL_TAKEN'],
    call: async ({ users }) => {
      const email = `${step.id % 2 === 0 ? username : idempotencyKey}@example.com`;
      const { user, replayed } = await users.createUser(userNamed(username, email), { idempotencyKey });
      return { id: user.username, change: noAmounts, replayed };
    },
  };
}

/** What it takes to register a user. */
export const userNamed = (username: string, email = `${username}@example.com`) => ({
  username,
  email,
  password: 'correct horse battery',
  firstName: 'Ada',
  lastName: 'Lovelace',
});

/** Deposits, withdraws or adjusts: money, or the asset in an adjustment. */
function moveMoney(step: Step, { pendingDeposits }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const idempotencyKey = keyOfStep(step);
  const isPending = step.kind === 'pending-deposit';
  // Amounts are such that many a withdrawal, purchase or sale finds too little.
  const moved = {
    deposit: { type: 'DEPOSIT', holding: 'cash', amountMinor: BigInt(step.amount + 1) / 2n },
    'pending-deposit': { type: 'DEPOSIT', holding: 'cash', amountMinor: BigInt(step.amount) },
    withdraw: { type: 'WITHDRAW', holding: 'cash', amountMinor: BigInt(step.amount) },
    adjust: { type: 'SYSTEM_ADJUSTMENT', holding: 'asset', amountMinor: BigInt(step.amount - 4_000 || 1) },
  } as const;
  const { type, holding, amountMinor } = moved[step.kind as keyof typeof moved];
  const { code, scale } = holdings[holding];
  const change = isPending ? noAmounts : amountsOf(code, step.kind === 'withdraw' ? -amountMinor : amountMinor);

  return {
    effect: `entry ${owner} ${idempotencyKey}`,
    owner,
    find: ({ entries }) =>
      entries
        .filter((entry) => entry.idempotencyKey === idempotencyKey)
        // What a pending deposit moves is the effect of whoever settles it.
        .map((entry) => (isPending ? { id: entry.transactionId, change } : recordOf(entry))),
    possibleChanges: () => [change],
    call: async ({ balances }) => {
      const { transaction, replayed } = await balances.createTransaction({
        owner,
        transactionType: type,
        code,
        amountMinor,
        scale,
        idempotencyKey,
        ...(isPending && { pending: true }),
      });
      const { transactionId } = transaction;
      if (isPending) pendingDeposits.push({ owner, transactionId, amountMinor });

      return { id: transactionId, change, replayed };
    },
  };
}

/** Brings a pending deposit to its final status, against others who may want another one. */
function settle({ owner, transactionId, amountMinor }: PendingDeposit, status: 'COMPLETED' | 'FAILED'): WriteOperation {
  const change = status === 'COMPLETED' ? amountsOf(market.currency, amountMinor) : noAmounts;

  return {
    effect: `settle ${transactionId} ${status}`,
    owner,
    isShared: true,
    find: entriesWhere((entry) => entry.transactionId === transactionId && entry.status === status),
    possibleChanges: () => [change],
    refusals: ['TRANSACTION_NOT_PENDING'],
    call: async ({ balances }) => {
      const { replayed } = await balances.updateTransactionStatus({ owner, transactionId, status });
      return { id: transactionId, change, replayed };
    },
  };
}

/** Buys or sells the asset at the price of the moment. */
function trade(step: Step, { orders, prices }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const idempotencyKey = keyOfStep(step);
  const orderId = orderIdFor(owner, idempotencyKey);
  const side = step.kind === 'buy' ? 'buy' : 'sell';
  // Even the smallest trade has a value at the lowest price.
  const quantityMinor = BigInt(step.amount + 999);
  const order = {
    orderType: side === 'buy' ? 'MARKET_BUY' : 'MARKET_SELL',
    assetId: market.assetId,
    quantity: formatDecimal(quantityMinor, market.decimals),
  } as const;

  return {
    effect: `trade ${orderId}`,
    owner,
    find: entriesWhere((entry) => entry.orderId === orderId && entry.transactionType === 'ORDER_PAYMENT'),
    possibleChanges: () => prices.map((priceMinor) => tradeChange(side, quantityMinor, priceMinor)),
    call: async ({ flow }) => {
      const { order: placed, replayed } = await flow.placeOrder({ owner, order, idempotencyKey });
      if (placed.status === 'FAILED') throw new FencedOrder();
      const change = changeOf(placed);
      orders.push({ owner, orderId, change });

      return { id: String(placed.fills[0]?.transactionId), change, replayed };
    },
  };
}

/** A repeat shows an order that was refused after an attempt of unknown outcome: a refusal, told as an order. */
export class FencedOrder extends Error {
  override readonly name = 'FencedOrder';
}

const changeOf = ({ orderType, fills }: Order) =>
  fills
    .map(({ quantityMinor, priceMinor }) =>
      tradeChange(sideOf(orderType) === 'BUY' ? 'buy' : 'sell', quantityMinor, priceMinor),
    )
    .reduce(addAmounts, noAmounts);

/** Refunds an order, against others who may refund it too. */
function refund({ owner, orderId, change = noAmounts }: PlacedOrder): WriteOperation {
  return {
    effect: `refund ${orderId}`,
    owner,
    isShared: true,
    find: entriesWhere((entry) => entry.orderId === orderId && entry.transactionType === 'ORDER_REFUND'),
    possibleChanges: () => [negated(change)],
    call: async ({ flow }) => {
      const { order, replayed } = await flow.refundOrder({ orderId, owner });
      return { id: String(order.refundTransactionId), change: negated(changeOf(order)), replayed };
    },
  };
}

/** Stores an order that waits and holds nothing. */
function draftOrder(step: Step, { orders: placed }: World): WriteOperation {
  const owner = ownerOfAccount(step.account);
  const clientOrderId = keyOfStep(step);
  const orderId = orderIdFor(owner, clientOrderId);

  return {
    effect: `draft ${orderId}`,
    owner,
    find: ({ orders }) => orders.filter((order) => order.orderId === orderId).map(orderRecord),
    call: async ({ orders }) => {
      const { assetId, currency, decimals: quantityScale, priceScale, currencyScale } = market;
      const { replayed } = await orders.createOrder({
        owner,
        orderType: 'LIMIT_BUY',
        assetId,
        currency,
        quantityMinor: 1_000n,
        quantityScale,
        priceScale,
        currencyScale,
        limitPriceMinor: 100n,
        clientOrderId,
      });
      placed.push({ owner, orderId });
      return { id: orderId, change: noAmounts, replayed };
    },
  };
}

const orderRecord = ({ orderId }: { readonly orderId: string }) => ({ id: orderId, change: noAmounts });

/** Cancels an order: one that waits, or one that is over and can no longer be cancelled. */
const cancel = ({ owner, orderId }: PlacedOrder): WriteOperation => ({
  effect: `cancel ${orderId}`,
  owner,
  isShared: true,
  find: ({ orders }) =>
    orders.filter((order) => order.orderId === orderId && order.status === 'CANCELLED').map(orderRecord),
  refusals: ['ORDER_NOT_CANCELLABLE'],
  call: async ({ flow }) => {
    const { replayed } = await flow.cancelOrder({ orderId, owner });
    return { ...orderRecord({ orderId }), replayed };
  },
});

/** Changes the price; an older one that comes later is refused, as it should be. */
const setPrice = ({ amount }: Step, { prices }: World): ReadOperation => ({
  call: async ({ assets }) => {
    const priceMinor = BigInt(1 + (amount % 1_000));
    prices.push(priceMinor);
    await assets.setPrice(priceNow(priceMinor, assets.clock.now()));
    return { seen: [] };
  },
});

/** The price of the asset at a time. */
export const priceNow = (priceMinor: bigint, at: Date) => ({
  assetId: market.assetId,
  price: formatDecimal(priceMinor, market.priceScale),
  asOf: at.toISOString(),
  source: 'simulation',
});

/** Reads all balances at one instant: none may be negative. */
const snapshot = (_: Step, { accounts }: World): ReadOperation => ({
  call: async ({ database }) => {
    const tableName = database.tableName(ledgerTableShape.name);
    const owners = ownersOf(accounts);
    const codes = [market.currency, market.assetId];
    const keys = owners.flatMap((owner) => codes.map((code) => ({ tableName, key: { ...balanceKey(owner, code) } })));
    const items = await readTransaction(database, keys);
    const amount = (at: number, part: string) => BigInt((items[at]?.[part] ?? 0) as number | bigint);
    const held = items.findIndex((_, at) => amount(at, 'heldMinor') < 0n);

    return {
      seen: owners.map((owner, at) => ({
        owner,
        amounts: { cash: amount(2 * at, 'availableMinor'), asset: amount(2 * at + 1, 'availableMinor') },
      })),
      problem: held === -1 ? undefined : `less than nothing is held: ${JSON.stringify(keys[held]?.key)}`,
    };
  },
});

/** Reads one balance of an account, strongly consistent. */
const lookAtBalance = ({ account }: Step): ReadOperation => ({
  call: async ({ balances }) => {
    const owner = ownerOfAccount(account);
    const found = await balances.getBalance(owner, market.currency).catch((error: unknown) => {
      if (ledgerErrors.BalanceNotFoundError.is(error)) return { availableMinor: 0n };
      throw error;
    });

    return { seen: [{ owner, amounts: { cash: found.availableMinor } }] };
  },
});

/** Lists a user's orders from an index that lags: newest first, each once, and nobody else's. */
const listOrders = ({ account }: Step): ReadOperation => ({
  call: async ({ orders }) => {
    const owner = ownerOfAccount(account);
    const { items } = await orders.getOrdersByUser({ owner, limit: 100 });
    const times = items.map(({ createdAt }) => createdAt);
    const isSound =
      items.every((order) => order.owner === owner) &&
      new Set(items.map(({ orderId }) => orderId)).size === items.length &&
      times.join() === times.toSorted().reverse().join();

    return {
      seen: [],
      problem: isSound ? undefined : `the orders of ${owner} are out of order, repeated or another owner's`,
    };
  },
});

/** Of what others have made, clients go for the newest: so several of them want the same. */
function onNewest<TTarget>(targets: readonly TTarget[], { target }: Step, make: (found: TTarget) => Operation) {
  const found = targets.at(-1 - (target % Math.max(1, targets.length)));

  return found && make(found);
}

const operations: Readonly<Record<Step['kind'], (step: Step, world: World) => Operation | undefined>> = {
  register,
  deposit: moveMoney,
  withdraw: moveMoney,
  'pending-deposit': moveMoney,
  adjust: moveMoney,
  settle: (step, { pendingDeposits }) => onNewest(pendingDeposits, step, (deposit) => settle(deposit, 'COMPLETED')),
  'fail-deposit': (step, { pendingDeposits }) =>
    onNewest(pendingDeposits, step, (deposit) => settle(deposit, 'FAILED')),
  buy: trade,
  sell: trade,
  refund: (step, { orders }) =>
    onNewest(
      orders.filter(({ change }) => change),
      step,
      refund,
    ),
  'draft-order': draftOrder,
  cancel: (step, { orders }) => onNewest(orders, step, cancel),
  'set-price': setPrice,
  snapshot,
  balance: lookAtBalance,
  'list-orders': listOrders,
};

/** What a step does in the world as it is now; a look at a balance where it needs something that nobody has made yet. */
export const operationOf = (step: Step, world: World): Operation =>
  operations[step.kind](step, world) ?? lookAtBalance(step);
