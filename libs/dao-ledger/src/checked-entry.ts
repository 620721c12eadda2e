import { balanceTransactionSchema, journalShapeProblem, type BalanceTransaction } from '@cnop/entities-ledger';
import { MAX_MINOR } from '@cnop/utils';
import {
  balanceCodeSchema,
  orderIdSchema,
  ownerSchema,
  parseInput,
  timestampSchema,
  transactionIdSchema,
} from '@cnop/validation';

/**
 * A journal entry as the schema has it. The payment of an order is checked for every order, so it is looked through without the schema of
 * the whole first; whatever does not pass that, the schema judges, and says what is wrong.
 *
 * @throws ValidationError naming the field, or what is wrong with the shape of the entry.
 */
export const checkedEntry = (entry: BalanceTransaction): BalanceTransaction =>
  isPlainPayment(entry) ? entry : parseInput(balanceTransactionSchema, entry);

type Untrusted = Readonly<Record<string, unknown>>;

const paymentFields: ReadonlySet<string> = new Set([
  'transactionId',
  'owner',
  'transactionType',
  'status',
  'postings',
  'orderId',
  'fill',
  'feeMinor',
  'createdAt',
  'updatedAt',
] satisfies (keyof BalanceTransaction)[]);

/** Whether it is a payment of which the schema would change nothing. Amounts, scales and what joins them are the shape's to judge. */
function isPlainPayment(entry: unknown): entry is BalanceTransaction {
  if (!isRecord(entry) || entry['transactionType'] !== 'ORDER_PAYMENT') return false;
  const { transactionId, owner, orderId, postings, fill, feeMinor = 0n, createdAt, updatedAt } = entry;

  return (
    Object.keys(entry).every((name) => paymentFields.has(name)) &&
    Array.isArray(postings) &&
    postings.every(isPosting) &&
    isFill(fill) &&
    typeof feeMinor === 'bigint' &&
    feeMinor <= MAX_MINOR &&
    createdAt === updatedAt &&
    isOf(timestampSchema, createdAt) &&
    isOf(transactionIdSchema, transactionId) &&
    isOf(orderIdSchema, orderId) &&
    isOf(ownerSchema, owner) &&
    journalShapeProblem(entry as unknown as BalanceTransaction) === undefined
  );
}

const isRecord = (value: unknown): value is Untrusted => typeof value === 'object' && value !== null;

const isPosting = (posting: unknown): boolean =>
  isRecord(posting) &&
  Object.keys(posting).length === 4 &&
  typeof posting['amountMinor'] === 'bigint' &&
  (posting['bucket'] === 'available' || posting['bucket'] === 'held') &&
  typeof posting['scale'] === 'number' &&
  isOf(balanceCodeSchema, posting['code']);

const isFill = (fill: unknown): boolean =>
  isRecord(fill) &&
  Object.keys(fill).length === 5 &&
  typeof fill['priceMinor'] === 'bigint' &&
  typeof fill['quantityMinor'] === 'bigint' &&
  typeof fill['priceScale'] === 'number' &&
  typeof fill['quantityScale'] === 'number' &&
  (fill['side'] === 'BUY' || fill['side'] === 'SELL');

/** Whether a text is accepted as it is. */
const isOf = (schema: { safeParse(text: unknown): { readonly data?: unknown } }, text: unknown): boolean =>
  typeof text === 'string' && schema.safeParse(text).data === text;
