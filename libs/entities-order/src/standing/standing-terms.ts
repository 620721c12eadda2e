import { parseDecimal, withoutUndefined } from '@cnop/utils';
import type { ExitTerms, Order } from '../order.ts';
import type { StandingOrderCreate } from './standing-request.ts';

/** The scales in which a request is read. */
export type OrderScales = Pick<Order, 'quantityScale' | 'priceScale' | 'currencyScale'>;

/** What a request for a standing order says, in minor units; what it leaves out is absent. */
export type StandingTerms = Partial<
  Pick<
    Order,
    | 'quantityMinor'
    | 'notionalMinor'
    | 'limitPriceMinor'
    | 'stopPriceMinor'
    | 'stopLimitPriceMinor'
    | 'maxPriceMinor'
    | 'trailAmountMinor'
    | 'trailBps'
    | 'timeInForce'
    | 'expiresAt'
    | 'exitTerms'
  >
>;

/** The fields of prices and amounts, by the names that requests and amendments give them. */
export interface StandingFields {
  readonly quantity?: string | undefined;
  readonly notional?: string | undefined;
  readonly limitPrice?: string | undefined;
  readonly stopPrice?: string | undefined;
  readonly stopLimitPrice?: string | undefined;
  readonly maxPrice?: string | undefined;
  readonly trailAmount?: string | undefined;
  readonly trailPercent?: string | undefined;
  readonly expiresAt?: string | undefined;
}

/** Percent with two decimals are basis points. */
const PERCENT_SCALE = 2;

/**
 * Reads the texts of a request or of an amendment in the scales of the order.
 *
 * @throws InvalidAmountError naming the field, when a text has more decimals than its scale or is too large.
 */
export function readStandingFields(
  fields: StandingFields,
  { quantityScale, priceScale, currencyScale }: OrderScales,
  at = '',
): Omit<StandingTerms, 'timeInForce' | 'exitTerms'> {
  const read = (field: keyof StandingFields, scale: number) => {
    const text = fields[field];
    return text === undefined ? undefined : parseDecimal(text, scale, `${at}${field}`);
  };
  const bps = read('trailPercent', PERCENT_SCALE);

  return withoutUndefined({
    quantityMinor: read('quantity', quantityScale),
    notionalMinor: read('notional', currencyScale),
    limitPriceMinor: read('limitPrice', priceScale),
    stopPriceMinor: read('stopPrice', priceScale),
    stopLimitPriceMinor: read('stopLimitPrice', priceScale),
    maxPriceMinor: read('maxPrice', priceScale),
    trailAmountMinor: read('trailAmount', priceScale),
    trailBps: bps === undefined ? undefined : Number(bps),
    expiresAt: fields.expiresAt,
  });
}

/**
 * Reads a request for a standing order in the scales of its asset. Nothing is defaulted: these are the terms that tell one request from
 * another.
 *
 * @throws InvalidAmountError naming the field.
 */
export function standingTermsOf(order: StandingOrderCreate, scales: OrderScales): StandingTerms {
  const { timeInForce } = order;
  const exits = 'exits' in order ? order.exits : undefined;

  return {
    ...readStandingFields(order, scales),
    ...(timeInForce !== undefined && { timeInForce }),
    ...(exits && { exitTerms: exitTermsOf(exits, scales) }),
  };
}

function exitTermsOf(
  { takeProfitPrice, ...stop }: StandingFields & { readonly takeProfitPrice: string },
  scales: OrderScales,
): ExitTerms {
  const { stopPriceMinor, stopLimitPriceMinor, trailAmountMinor, trailBps } = readStandingFields(
    stop,
    scales,
    'exits.',
  );
  const takeProfitPriceMinor = parseDecimal(takeProfitPrice, scales.priceScale, 'exits.takeProfitPrice');

  return withoutUndefined<ExitTerms>({
    takeProfitPriceMinor,
    stopPriceMinor,
    stopLimitPriceMinor,
    trailAmountMinor,
    trailBps,
  });
}
