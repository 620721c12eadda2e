import { rows, type MatrixRow } from '../row.ts';
import { heldCash, kinds, place, placed, silverBalance, withCash } from '../silver.ts';
import { inTurn, type World } from '../world.ts';

const atVenue = withCash({ execution: 'VENUE' });
const { limitBuy, bracket } = kinds;

const fill =
  (quantity: string, venueFillId = 'f-1', price = '0.85') =>
  ({ flow, given }: World) =>
    flow.executeOrder({ orderId: given, venueFillId, quantity, price });

const cancel = ({ flow, owner, given }: World) => flow.cancelOrder({ orderId: given, owner });
const confirmEnd = ({ flow, given }: World) => flow.confirmEnd({ orderId: given });
const refund = ({ flow, given }: World) => flow.refundOrder({ orderId: given });

const queued = inTurn(atVenue, placed(limitBuy));
const partlyFilled = inTurn(queued, fill('1'));
const ended = inTurn(partlyFilled, cancel, confirmEnd);
const released = '+ entry ORDER_RELEASE COMPLETED USD+270 USD-270 held';

/** What a venue reports of the orders that it executes. */
export const venueRows: readonly MatrixRow[] = rows({
  'market buy at a venue': {
    identity: 'key',
    before: atVenue,
    call: place({ orderType: 'MARKET_BUY', maxPrice: '1.10', clientOrderId: 'a-1' }),
    effect: [
      `~ ${heldCash(670, { held: 330, by: 1, version: 2 })}`,
      '+ entry ORDER_HOLD COMPLETED USD-330 USD+330 held',
      '+ order MARKET_BUY QUEUED 3 SILVER holds 330 v1',
    ],
  },
  'first part of an order at a venue': {
    identity: 'key',
    before: queued,
    call: fill('1'),
    effect: [
      `~ ${heldCash(735, { held: 180, by: 1, version: 3 })}`,
      `+ ${silverBalance(1, {})}`,
      '+ entry ORDER_PAYMENT COMPLETED USD-90 held USD+5 SILVER+1',
      '~ order LIMIT_BUY PROCESSING 3 SILVER limit 90 for 85 holds 180 v2',
    ],
  },
  'last part of an order at a venue': {
    identity: 'key',
    before: partlyFilled,
    call: fill('2', 'f-2'),
    effect: [
      `~ ${heldCash(745, { version: 4 })}`,
      `~ ${silverBalance(3, { version: 2 })}`,
      '+ entry ORDER_PAYMENT COMPLETED USD-180 held USD+10 SILVER+2',
      '~ order LIMIT_BUY COMPLETED 3 SILVER limit 90 for 85 for 170 v3',
    ],
  },
  'fill under a used id': {
    identity: 'key',
    before: partlyFilled,
    call: fill('2'),
    refusal: 'IDEMPOTENCY_KEY_REUSED',
  },
  'fill of more than is left': {
    identity: 'key',
    before: partlyFilled,
    call: fill('3', 'f-2'),
    refusal: 'FILL_EXCEEDS_ORDER',
  },
  'first part of a bracket at a venue': {
    identity: 'key',
    before: inTurn(atVenue, placed(bracket)),
    call: fill('1'),
    effect: [
      `~ ${heldCash(735, { held: 180, by: 1, version: 3 })}`,
      `+ ${silverBalance(0, { held: 1, by: 1 })}`,
      '+ entry ORDER_PAYMENT COMPLETED USD-90 held USD+5 SILVER+1',
      '+ entry ORDER_HOLD COMPLETED SILVER-1 SILVER+1 held',
      '~ order LIMIT_BUY PROCESSING 3 SILVER limit 90 for 85 exit of 1 holds 180 v2',
      '+ exit OCO_SELL QUEUED 1 SILVER limit 120 stop 80 holds 1 v1',
    ],
  },
  'later part of a bracket at a venue': {
    identity: 'key',
    before: inTurn(atVenue, placed(bracket), fill('1')),
    call: fill('2', 'f-2'),
    effect: [
      `~ ${heldCash(745, { version: 4 })}`,
      `~ ${silverBalance(0, { held: 3, by: 1, version: 2 })}`,
      '+ entry ORDER_PAYMENT COMPLETED USD-180 held USD+10 SILVER+2',
      '+ entry ORDER_HOLD COMPLETED SILVER-2 SILVER+2 held',
      '~ order LIMIT_BUY COMPLETED 3 SILVER limit 90 for 85 for 170 exit of 3 v3',
      '~ exit OCO_SELL QUEUED 3 SILVER limit 120 stop 80 holds 3 v2',
    ],
  },
  'cancel an order at a venue': {
    before: queued,
    call: cancel,
    effect: ['~ order LIMIT_BUY QUEUED 3 SILVER limit 90 ending CANCELLED holds 270 v2'],
  },
  'end of an order at a venue that was asked for': {
    before: inTurn(queued, cancel),
    call: confirmEnd,
    effect: [
      `~ ${heldCash(1000, { version: 3 })}`,
      released,
      '~ order LIMIT_BUY CANCELLED 3 SILVER limit 90 ending CANCELLED v3',
    ],
  },
  'end of an order at a venue by itself': {
    before: queued,
    call: confirmEnd,
    effect: [
      `~ ${heldCash(1000, { version: 3 })}`,
      released,
      '~ order LIMIT_BUY FAILED VENUE_REJECTED 3 SILVER limit 90 v2',
    ],
  },
  'refund the filled part of a cancelled order': {
    before: ended,
    call: refund,
    effect: [
      `~ ${heldCash(1000, { version: 5 })}`,
      `~ ${silverBalance(0, { version: 2 })}`,
      '+ entry ORDER_REFUND COMPLETED USD+85 SILVER-1',
      '~ order LIMIT_BUY CANCELLED 3 SILVER limit 90 for 85 refunded ending CANCELLED v5',
    ],
  },
});
