import {
  collarOf,
  holdPriceOf,
  isTrail,
  needOf,
  quantityWithin,
  sideOf,
  type Order,
  type OrderChangeRecord,
  type StandingOrder,
} from '@cnop/entities-order';
import { withoutUndefined } from '@cnop/utils';
import type { AmendedTerms } from './amended-terms.ts';
import { triggerOf } from './standing-draft.ts';

/** An order as an amendment makes it. */
export interface Amendment {
  /** With its next version, its hold and the records of what changed. */
  readonly to: StandingOrder;
  /** One for each field that changed; none where the order is as it is asked for already. */
  readonly records: readonly OrderChangeRecord[];
  /** Whether its prices or a larger quantity begin anew: judged from the newest tick on, like an order that is placed now. */
  readonly isRepriced: boolean;
  /** The price that would trigger it now. */
  readonly triggerMinor: bigint;
}

/** When and by whom an order is amended. */
export interface AmendmentContext {
  readonly at: string;
  readonly actor: string;
  /** `asOf` of the newest tick. */
  readonly priceAsOf: string;
  /** Of a trail, its watermark at that tick. */
  readonly watermarkMinor: bigint | undefined;
  /** How long ticks are kept for the orders that began before them. */
  readonly maxOrderLifeMs: number;
}

/** The fields that are recorded when they change, by their names in the order. */
const recorded = [
  'quantityMinor',
  'limitPriceMinor',
  'stopPriceMinor',
  'stopLimitPriceMinor',
  'trailAmountMinor',
  'trailBps',
  'maxPriceMinor',
  'collarBps',
  'timeInForce',
  'expiresAt',
] as const satisfies readonly (keyof Order)[];

type RecordedField = (typeof recorded)[number];

const prices: readonly RecordedField[] = [
  'limitPriceMinor',
  'stopPriceMinor',
  'stopLimitPriceMinor',
  'trailAmountMinor',
  'trailBps',
  'maxPriceMinor',
];

/**
 * What an amendment makes of an order, whether or not that is allowed. Pure.
 *
 * The watermark of a trail survives: it is re-based to the newest tick. So is the beginning of an order that is extended beyond what the log
 * of ticks is kept for, with its place. A maximum price that was not given follows a new stop or trail.
 *
 * @throws InvalidAmountError when it would hold more than 10²⁴.
 */
export function amendmentOf(order: StandingOrder, terms: AmendedTerms, context: AmendmentContext): Amendment {
  const { at, actor, priceAsOf, watermarkMinor } = context;
  const asked = askedOf(order, terms);
  const triggerMinor = triggerOf(order.orderType, asked, watermarkMinor ?? 0n);
  const priced = withHold(capped(order, asked, { given: terms.maxPriceMinor, triggerMinor }));
  const changed = changedFields(order, priced);
  const isRepriced =
    changed.some((field) => prices.includes(field)) ||
    (changed.includes('quantityMinor') && priced.quantityMinor > order.quantityMinor);
  const begun =
    isRepriced || outlivesLog(order, priced, context)
      ? withoutUndefined({ ...priced, activeAsOf: priceAsOf, repricedAt: at, watermarkMinor })
      : priced;
  const version = order.version + 1;
  const records = changed.map((field) =>
    withoutUndefined({ at, actor, version, field, from: textOf(order[field]), to: textOf(begun[field]) }),
  );
  const changes = [...(order.changes ?? []), ...records];
  const to = { ...begun, heldMinor: needOf(begun), changes, updatedAt: at, version };

  return { to, records, isRepriced, triggerMinor };
}

/** Whether this very amendment is in the order already: another write followed it, and its response was lost. */
export const hasRecords = ({ changes = [] }: Order, { records }: Pick<Amendment, 'records'>): boolean =>
  records.every((record) =>
    changes.some(
      ({ at, actor, version, field, to }) =>
        at === record.at &&
        actor === record.actor &&
        version === record.version &&
        field === record.field &&
        to === record.to,
    ),
  );

/** Whether an order is extended so far that the log from its beginning is not kept to its end; it begins anew while it is. */
const outlivesLog = (
  { expiresAt: before, activeAsOf }: StandingOrder,
  { expiresAt }: StandingOrder,
  { maxOrderLifeMs }: AmendmentContext,
): boolean => expiresAt !== before && Date.parse(expiresAt) > Date.parse(activeAsOf) + maxOrderLifeMs;

/** The order with the terms that are asked for. An amount and a percentage take the place of one another. */
function askedOf(order: StandingOrder, terms: AmendedTerms): StandingOrder {
  const { trailAmountMinor, trailBps, expiresAt = order.expiresAt } = terms;
  const trail = isTrail(terms) ? { trailAmountMinor, trailBps } : undefined;
  const timeInForce = expiresAt === order.expiresAt ? order.timeInForce : 'GTD';

  return withoutUndefined<StandingOrder>({ ...order, ...terms, ...trail, expiresAt, timeInForce });
}

/** The order with its maximum price: the one that is given, or one that follows its trigger where it moves. */
function capped(
  order: StandingOrder,
  asked: StandingOrder,
  { given, triggerMinor }: { readonly given: bigint | undefined; readonly triggerMinor: bigint },
): StandingOrder {
  if (given !== undefined) return withoutUndefined({ ...asked, collarBps: undefined });
  const moved = (['stopPriceMinor', 'trailAmountMinor', 'trailBps'] as const).some(
    (field) => asked[field] !== order[field],
  );

  return asked.collarBps !== undefined && moved
    ? { ...asked, maxPriceMinor: collarOf(triggerMinor, asked.collarBps) }
    : asked;
}

/** The order with the price that its hold follows from, and the quantity that a notional buys at it. */
function withHold(order: StandingOrder): StandingOrder {
  if (sideOf(order.orderType) === 'SELL') return order;
  const holdPriceMinor = holdPriceOf(order);
  const { notionalMinor, quantityMinor } = order;

  return {
    ...order,
    holdPriceMinor,
    quantityMinor: notionalMinor === undefined ? quantityMinor : quantityWithin(notionalMinor, holdPriceMinor, order),
  };
}

/** The quantity of an order by notional is no term of it: it follows from its price. */
const changedFields = (from: StandingOrder, to: StandingOrder): RecordedField[] =>
  recorded.filter(
    (field) => from[field] !== to[field] && !(field === 'quantityMinor' && from.notionalMinor !== undefined),
  );

const textOf = (value: bigint | number | string | undefined): string | undefined => value?.toString();
