import type { Order } from '@cnop/entities-order';
import type { AmendOrder } from '@cnop/flow-order';
import { keyings, rows, unless, type MatrixRow } from '../row.ts';
import {
  heldCash,
  kinds,
  listSilver,
  place,
  placed,
  putAside,
  silverBalance,
  tick,
  withCash,
  withSilverBars,
} from '../silver.ts';
import { addUser, deposit, inTurn, type World } from '../world.ts';

const keyed = { clientOrderId: 'a-1' };
const marketable = { orderType: 'LIMIT_BUY', limitPrice: '1.05' };
const { limitBuy, limitSell, stopBuy, stopSell, trail, oco, bracket } = kinds;

async function findOrder({ orders, owner, knownId }: World) {
  if (knownId !== undefined) return unless('ORDER_NOT_FOUND', orders.getOrder(knownId));

  return (await orders.getOrdersByUser({ owner })).items[0];
}

/** The order, if it has come to what was asked for. */
const lookFor = (isDone: (order: Order) => boolean): MatrixRow['look'] =>
  async function look({ orders, given }) {
    const order = await orders.getOrder(given);
    return isDone(order) ? order : undefined;
  };

const cancel = ({ flow, owner, given }: World) => flow.cancelOrder({ orderId: given, owner });
const resume = ({ flow, given }: World) => flow.resumeOrder({ orderId: given });

const amend =
  (amendment: AmendOrder['amendment']) =>
  ({ flow, owner, given }: World) =>
    flow.amendOrder({ orderId: given, owner, amendment });

/** What was cancelled is told by the order itself. */
async function cancelAll({ flow, orders, owner, assetId, given }: World) {
  await flow.cancelOrders({ owner, assetId });
  return { order: await orders.getOrder(given) };
}

/** The same of what was closed. */
async function closeAll({ flow, orders, assetId, given }: World) {
  await flow.closeOrders({ assetId });
  return { order: await orders.getOrder(given) };
}

const heldBuy = [
  `~ ${heldCash(730, { held: 270, by: 1, version: 2 })}`,
  '+ entry ORDER_HOLD COMPLETED USD-270 USD+270 held',
];
const heldSell = [
  `~ ${silverBalance(2, { held: 3, by: 1, version: 2 })}`,
  '+ entry ORDER_HOLD COMPLETED SILVER-3 SILVER+3 held',
];
const released = (description: string) => [
  `~ ${heldCash(1000, { version: 3 })}`,
  '+ entry ORDER_RELEASE COMPLETED USD+270 USD-270 held',
  `~ order LIMIT_BUY ${description}`,
];
const boughtAtOnce = [
  `~ ${heldCash(700, { version: 2 })}`,
  `+ ${silverBalance(3, {})}`,
  '+ entry ORDER_PAYMENT COMPLETED USD-300 SILVER+3',
];

/** Orders that wait: how they are placed, executed at once, cancelled, closed and resumed. */
export const standingRows: readonly MatrixRow[] = [
  ...keyings.flatMap(({ suffix, isKeyed, identity }) => {
    const how = { identity, look: isKeyed ? undefined : findOrder };
    const key = isKeyed ? keyed : {};

    return rows({
      [`limit buy that waits, ${suffix}`]: {
        ...how,
        before: withCash(),
        call: place({ ...limitBuy, ...key }),
        effect: [...heldBuy, '+ order LIMIT_BUY QUEUED 3 SILVER limit 90 holds 270 v1'],
      },
      [`limit buy that waits and is not covered, ${suffix}`]: {
        ...how,
        before: inTurn(addUser, (world) => deposit(world, 200n), listSilver()),
        call: place({ ...limitBuy, ...key }),
        refusal: 'BALANCE_INSUFFICIENT',
      },
      [`limit buy that waits and is not covered, funds come later, ${suffix}`]: {
        ...how,
        before: inTurn(addUser, (world) => deposit(world, 200n), listSilver()),
        call: place({ ...limitBuy, ...key }),
        meanwhile: (world) => deposit(world, 500n),
        refusal: 'BALANCE_INSUFFICIENT',
        effect: [
          `~ ${heldCash(430, { held: 270, by: 1, deposited: 700, version: 3 })}`,
          '+ entry ORDER_HOLD COMPLETED USD-270 USD+270 held',
          '+ order LIMIT_BUY QUEUED 3 SILVER limit 90 holds 270 v1',
        ],
      },
      [`limit buy that is met, ${suffix}`]: {
        ...how,
        before: withCash(),
        call: place({ ...marketable, ...key }),
        effect: [...boughtAtOnce, '+ order LIMIT_BUY COMPLETED 3 SILVER limit 105 for 300 v1'],
      },
    });
  }),
  ...rows({
    'stop buy': {
      identity: 'key',
      before: withCash(),
      call: place({ ...stopBuy, ...keyed }),
      effect: [
        `~ ${heldCash(640, { held: 360, by: 1, version: 2 })}`,
        '+ entry ORDER_HOLD COMPLETED USD-360 USD+360 held',
        '+ order STOP_LOSS_BUY QUEUED 3 SILVER stop 110 holds 360 v1',
      ],
    },
    'stop sell': {
      identity: 'key',
      before: withSilverBars(),
      call: place({ ...stopSell, ...keyed }),
      effect: [...heldSell, '+ order STOP_LOSS_SELL QUEUED 3 SILVER stop 90 holds 3 v1'],
    },
    'stop that would trigger': {
      identity: 'key',
      before: withSilverBars(),
      call: place({ ...stopSell, stopPrice: '1.00', ...keyed }),
      refusal: 'ORDER_WOULD_TRIGGER',
    },
    'trailing stop': {
      identity: 'key',
      before: withSilverBars(),
      call: place({ ...trail, ...keyed }),
      effect: [...heldSell, '+ order TRAILING_STOP_SELL QUEUED 3 SILVER trail 10 holds 3 v1'],
    },
    'OCO sell': {
      identity: 'key',
      before: withSilverBars(),
      call: place({ ...oco, ...keyed }),
      effect: [...heldSell, '+ order OCO_SELL QUEUED 3 SILVER limit 120 stop 80 holds 3 v1'],
    },
    bracket: {
      identity: 'key',
      before: withCash(),
      call: place({ ...bracket, ...keyed }),
      effect: [...heldBuy, '+ order LIMIT_BUY QUEUED 3 SILVER limit 90 holds 270 v1'],
    },
    'bracket whose entry is met': {
      identity: 'key',
      before: withCash(),
      call: place({ ...bracket, ...marketable, ...keyed }),
      effect: [
        `~ ${heldCash(700, { version: 2 })}`,
        `+ ${silverBalance(0, { held: 3, by: 1 })}`,
        '+ entry ORDER_PAYMENT COMPLETED USD-300 SILVER+3',
        '+ entry ORDER_HOLD COMPLETED SILVER-3 SILVER+3 held',
        '+ order LIMIT_BUY COMPLETED 3 SILVER limit 105 for 300 exit of 3 v1',
        '+ exit OCO_SELL QUEUED 3 SILVER limit 120 stop 80 holds 3 v1',
      ],
    },
    'limit sell at once or not at all': {
      identity: 'key',
      before: withSilverBars(),
      call: place({ ...limitSell, timeInForce: 'FOK', ...keyed }),
      refusal: 'ORDER_NOT_MARKETABLE',
    },
    'cancel an order that waits': {
      before: inTurn(withCash(), placed(limitBuy)),
      call: cancel,
      effect: released('CANCELLED 3 SILVER limit 90 v2'),
    },
    'cancel a trailing stop': {
      before: inTurn(withSilverBars(), placed(trail)),
      call: cancel,
      effect: [
        `~ ${silverBalance(5, { version: 3 })}`,
        '+ entry ORDER_RELEASE COMPLETED SILVER+3 SILVER-3 held',
        '~ order TRAILING_STOP_SELL CANCELLED 3 SILVER trail 10 v2',
      ],
    },
    'cancel an order that was set aside': {
      before: inTurn(withCash(), placed(limitBuy), putAside, tick('0.85')),
      call: cancel,
      effect: released('CANCELLED 3 SILVER limit 90 aside BALANCE_SCALE_MISMATCH v3'),
    },
    'amend the price of a buy': {
      before: inTurn(withCash(), placed(limitBuy)),
      call: amend({ limitPrice: '0.95' }),
      effect: [
        `~ ${heldCash(715, { held: 285, by: 1, version: 3 })}`,
        '+ entry ORDER_HOLD COMPLETED USD-15 USD+15 held',
        '~ order LIMIT_BUY QUEUED 3 SILVER limit 95 holds 285 v2',
      ],
    },
    'amend the quantity of a buy': {
      before: inTurn(withCash(), placed(limitBuy)),
      call: amend({ quantity: '2' }),
      effect: [
        `~ ${heldCash(820, { held: 180, by: 1, version: 3 })}`,
        '+ entry ORDER_RELEASE COMPLETED USD+90 USD-90 held',
        '~ order LIMIT_BUY QUEUED 2 SILVER limit 90 holds 180 v2',
      ],
    },
    'amend the price of a stop': {
      before: inTurn(withSilverBars(), placed(stopSell)),
      call: amend({ stopPrice: '0.95' }),
      effect: ['~ order STOP_LOSS_SELL QUEUED 3 SILVER stop 95 holds 3 v2'],
    },
    'amend a buy until it is met': {
      before: inTurn(withCash(), placed(limitBuy)),
      call: amend({ limitPrice: '1.05' }),
      look: lookFor(({ status }) => status === 'COMPLETED'),
      effect: [
        `~ ${heldCash(700, { version: 3 })}`,
        `+ ${silverBalance(3, {})}`,
        '+ entry ORDER_PAYMENT COMPLETED USD-270 held USD-30 SILVER+3',
        '~ order LIMIT_BUY COMPLETED 3 SILVER limit 105 for 300 v2',
      ],
    },
    'amend a bracket until its entry is met': {
      before: inTurn(withCash(), placed(bracket)),
      call: amend({ limitPrice: '1.05' }),
      look: lookFor(({ status }) => status === 'COMPLETED'),
      effect: [
        `~ ${heldCash(700, { version: 3 })}`,
        `+ ${silverBalance(0, { held: 3, by: 1 })}`,
        '+ entry ORDER_PAYMENT COMPLETED USD-270 held USD-30 SILVER+3',
        '+ entry ORDER_HOLD COMPLETED SILVER-3 SILVER+3 held',
        '~ order LIMIT_BUY COMPLETED 3 SILVER limit 105 for 300 exit of 3 v2',
        '+ exit OCO_SELL QUEUED 3 SILVER limit 120 stop 80 holds 3 v1',
      ],
    },
    'amend a buy beyond what there is': {
      before: inTurn(withCash(), placed(limitBuy)),
      call: amend({ quantity: '50' }),
      refusal: 'BALANCE_INSUFFICIENT',
    },
    'amend a stop until it would trigger': {
      before: inTurn(withSilverBars(), placed(stopSell)),
      call: amend({ stopPrice: '1.00' }),
      refusal: 'ORDER_WOULD_TRIGGER',
    },
    'cancel the orders of an owner': {
      isWork: true,
      before: inTurn(withCash(), placed(limitBuy)),
      call: cancelAll,
      look: lookFor(({ status }) => status === 'CANCELLED'),
      effect: released('CANCELLED 3 SILVER limit 90 v2'),
    },
    'close the orders of an asset': {
      isWork: true,
      before: inTurn(withCash(), placed(limitBuy)),
      call: closeAll,
      look: lookFor(({ status }) => status === 'FAILED'),
      effect: released('FAILED ASSET_INACTIVE 3 SILVER limit 90 v2'),
    },
    'resume an order that is not due': {
      before: inTurn(withCash(), placed(limitBuy), putAside),
      call: resume,
      look: lookFor(({ setAsideAt }) => setAsideAt === undefined),
      effect: ['~ order LIMIT_BUY QUEUED 3 SILVER limit 90 holds 270 v3'],
    },
    'resume an order that is due': {
      before: inTurn(withCash(), placed(limitBuy), putAside, tick('0.85')),
      call: resume,
      look: lookFor(({ setAsideAt }) => setAsideAt === undefined),
      effect: [
        `~ ${heldCash(745, { version: 3 })}`,
        `+ ${silverBalance(3, {})}`,
        '+ entry ORDER_PAYMENT COMPLETED USD-270 held USD+15 SILVER+3',
        '~ order LIMIT_BUY COMPLETED 3 SILVER limit 90 for 255 v3',
      ],
    },
  }),
];
