import {
  filledQuantityOf,
  isTrail,
  orderErrors,
  readStandingFields,
  type Order,
  type OrderAmendment,
  type StandingTerms,
} from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import { formatDecimal } from '@cnop/utils';

/** What an amendment asks of an order, in minor units; what is absent stays. */
export type AmendedTerms = Omit<StandingTerms, 'notionalMinor' | 'timeInForce' | 'exitTerms'>;

type AmendedField = Exclude<keyof OrderAmendment, 'expectedVersion'>;

/** Whether an order trails: not once its stop has been touched. */
const trails = (order: Order) => isTrail(order) && order.triggeredAt === undefined;

/** Which orders have a field that can be amended. A stop that was touched is a stop no more. */
const fields: Readonly<Record<AmendedField, (order: Order) => boolean>> = {
  quantity: ({ notionalMinor }) => notionalMinor === undefined,
  limitPrice: ({ limitPriceMinor }) => limitPriceMinor !== undefined,
  stopPrice: ({ stopPriceMinor, triggeredAt }) => stopPriceMinor !== undefined && triggeredAt === undefined,
  stopLimitPrice: ({ stopLimitPriceMinor }) => stopLimitPriceMinor !== undefined,
  maxPrice: ({ maxPriceMinor }) => maxPriceMinor !== undefined,
  trailAmount: trails,
  trailPercent: trails,
  expiresAt: () => true,
};

/**
 * Reads an amendment in the scales of the order that it is of.
 *
 * @throws ValidationError at each field that the order does not have; InvalidAmountError naming the field; QuantityBelowFilledError.
 */
export function amendedTermsOf(order: Order, amendment: OrderAmendment): AmendedTerms {
  const missing = (Object.keys(fields) as AmendedField[]).filter(
    (field) => amendment[field] !== undefined && !fields[field](order),
  );
  if (missing.length > 0) {
    const message = 'The order does not have this field.';
    const issues = missing.map((field) => ({ pointer: `/${field}`, rule: 'not_of_the_order', message }));
    throw new sharedErrors.ValidationError({ issues });
  }

  const terms = readStandingFields(amendment, order);
  const { quantityScale } = order;
  const filledMinor = filledQuantityOf(order.fills);
  if (terms.quantityMinor !== undefined && terms.quantityMinor <= filledMinor)
    throw new orderErrors.QuantityBelowFilledError({
      quantity: formatDecimal(terms.quantityMinor, quantityScale),
      filled: formatDecimal(filledMinor, quantityScale),
    });
  return terms;
}
