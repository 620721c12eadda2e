import type { OrderResult } from '@cnop/flow-order';
import type { TransactionResult } from '@cnop/dao-ledger';
import type { UserResult } from '@cnop/dao-user';
import type { Asset } from '@cnop/entities-inventory';
import type { Order } from '@cnop/entities-order';
import type { Balance, BalanceTransaction } from '@cnop/entities-ledger';
import type { User } from '@cnop/entities-user';
import { isDomainError } from '@cnop/exceptions';
import { balanceFact, entryFact, userFact } from './facts/account-facts.ts';
import { assetFact } from './facts/asset-facts.ts';
import { orderFact } from './facts/order-facts.ts';
import type { Answer } from './row.ts';

/** A refusal that is told by what it left behind: an order or an entry that never moved anything. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
  readonly code: string | undefined;

  constructor(code?: string) {
    super('What is there was left behind by a refusal.');
    this.code = code;
  }
}

/** A user as an answer. */
export const userAnswer = (user: User): Answer => ({ fact: userFact(user) });

/** A registration as an answer. */
export const registrationAnswer = ({ user, replayed }: UserResult): Answer => ({ fact: userFact(user), replayed });

/** A balance as an answer. */
export const balanceAnswer = (balance: Balance): Answer => ({ fact: balanceFact(balance) });

/** An asset as an answer. */
export const assetAnswer = (asset: Asset): Answer => ({ fact: assetFact(asset) });

/** A change of an entry's status as an answer. */
export const settlementAnswer = ({ transaction, replayed }: TransactionResult): Answer => ({
  fact: entryFact(transaction),
  replayed,
});

/** A movement of money as an answer. @throws {@link Fenced}. */
export function movementAnswer({ transaction, replayed }: TransactionResult): Answer {
  if (transaction.status === 'FAILED') throw new Fenced();

  return { fact: entryFact(transaction), replayed };
}

/** An entry that was looked up, as an answer. @throws {@link Fenced}. */
export const foundEntry = (entry: BalanceTransaction): Answer => movementAnswer({ transaction: entry, replayed: true });

/** A change of an order's status as an answer. */
export const statusAnswer = ({ order, replayed }: OrderResult): Answer => ({ fact: orderFact(order), replayed });

/** An order as an answer. @throws {@link Fenced}. */
export function orderAnswer(result: OrderResult): Answer {
  if (result.order.failureCode !== undefined) throw new Fenced(result.order.failureCode);

  return statusAnswer(result);
}

/** An order that was looked up, as an answer. @throws {@link Fenced}. */
export const foundOrder = (order: Order): Answer => orderAnswer({ order, replayed: true });

/** What is looked up, or `undefined` where the lookup is refused with this code. */
export async function unless<TFound>(absent: string, lookup: Promise<TFound>): Promise<TFound | undefined> {
  try {
    return await lookup;
  } catch (error) {
    if (isDomainError(error) && error.code === absent) return undefined;
    throw error;
  }
}
