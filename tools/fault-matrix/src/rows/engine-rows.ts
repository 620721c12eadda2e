import { rows, type MatrixRow } from '../row.ts';
import { heldCash, kinds, placed, placedForSeconds, silverBalance, tick, withCash, withSilverBars } from '../silver.ts';
import { inTurn, type World } from '../world.ts';

const { limitBuy, limitSell, stopBuy, stopSell, stopLimitSell, trail, oco, bracket } = kinds;

/** Works off the ticks of silver, once or several times: what fails for good is tried three times before it is set aside. */
const work =
  (times = 1) =>
  async ({ engine, orders, assetId, given }: World) => {
    for (let time = 1; time <= times; time += 1) await engine.workTicks(assetId);
    return { order: await orders.getOrder(given) };
  };

/** A sweep looks for what an index has shown late, among ticks that are worked off; it finds nothing to do twice. */
const sweep = (of: 'sweep' | 'sweepDay' | 'reload') => async (world: World) => {
  const { engine, assetId } = world;
  await engine[of](assetId);
  const worked = await work()(world);
  await engine[of](assetId);
  return worked;
};

/** An engine tells nothing of what it has done: its next call finds out. */
const working = (before: MatrixRow['before'], effect: MatrixRow['effect'], times?: number) => ({
  isWork: true,
  before,
  call: work(times),
  effect,
});

const bought = [
  `~ ${heldCash(745, { version: 3 })}`,
  `+ ${silverBalance(3, {})}`,
  '+ entry ORDER_PAYMENT COMPLETED USD-270 held USD+15 SILVER+3',
  '~ order LIMIT_BUY COMPLETED 3 SILVER limit 90 for 255 v2',
];
const sold = (proceeds: number, order: string) => [
  `~ ${silverBalance(2, { version: 3 })}`,
  `+ ${heldCash(proceeds, { deposited: 0 })}`,
  `+ entry ORDER_PAYMENT COMPLETED USD+${proceeds} SILVER-3 held`,
  `~ order ${order} v2`,
];

/** The exit of a bracket that has bought at 0.85, which waits; its id. */
const withExit = inTurn(withCash(), placed(bracket), tick('0.85'), async (world) => {
  await world.engine.workTicks(world.assetId);
  return (await world.orders.getOrder(world.given)).exits?.[0]?.orderId;
});

/** A balance of another scale than the asset's takes none of it: an execution fails for a reason that does not pass. */
const withOtherScale = ({ balances, owner, assetId }: World) =>
  balances.createBalance({ owner, code: assetId, scale: 8 });

/** What ticks make of the orders that wait, as an engine does it. */
export const engineRows: readonly MatrixRow[] = rows({
  'tick that fills a limit buy': working(inTurn(withCash(), placed(limitBuy), tick('0.85')), bought),
  'tick that fills a limit sell': working(
    inTurn(withSilverBars(), placed(limitSell), tick('1.15')),
    sold(345, 'LIMIT_SELL COMPLETED 3 SILVER limit 110 for 345'),
  ),
  'tick that fills a stop': working(
    inTurn(withSilverBars(), placed(stopSell), tick('0.85')),
    sold(255, 'STOP_LOSS_SELL COMPLETED 3 SILVER stop 90 for 255'),
  ),
  'tick that fills a trailing stop': working(
    inTurn(withSilverBars(), placed(trail), tick('1.20'), tick('1.10', 2)),
    sold(330, 'TRAILING_STOP_SELL COMPLETED 3 SILVER trail 10 for 330'),
  ),
  'tick that fills an OCO': working(
    inTurn(withSilverBars(), placed(oco), tick('1.20')),
    sold(360, 'OCO_SELL COMPLETED 3 SILVER limit 120 stop 80 for 360'),
  ),
  'tick above the maximum of a stop buy': working(inTurn(withCash(), placed(stopBuy), tick('1.25')), [
    `~ ${heldCash(1000, { version: 3 })}`,
    '+ entry ORDER_RELEASE COMPLETED USD+360 USD-360 held',
    '~ order STOP_LOSS_BUY FAILED COLLAR_EXCEEDED 3 SILVER stop 110 v2',
  ]),
  'tick by which a stop-limit becomes a limit': working(inTurn(withSilverBars(), placed(stopLimitSell), tick('0.85')), [
    '~ order STOP_LOSS_SELL QUEUED 3 SILVER limit 88 stop 90 works holds 3 v2',
  ]),
  'tick past the expiry': working(inTurn(withCash(), placedForSeconds(limitBuy), tick('0.85', 4)), [
    `~ ${heldCash(1000, { version: 3 })}`,
    '+ entry ORDER_RELEASE COMPLETED USD+270 USD-270 held',
    '~ order LIMIT_BUY EXPIRED 3 SILVER limit 90 v2',
  ]),
  'tick that fills the entry of a bracket': working(inTurn(withCash(), placed(bracket), tick('0.85')), [
    `~ ${heldCash(745, { version: 3 })}`,
    `+ ${silverBalance(0, { held: 3, by: 1 })}`,
    '+ entry ORDER_PAYMENT COMPLETED USD-270 held USD+15 SILVER+3',
    '+ entry ORDER_HOLD COMPLETED SILVER-3 SILVER+3 held',
    '~ order LIMIT_BUY COMPLETED 3 SILVER limit 90 for 255 exit of 3 v2',
    '+ exit OCO_SELL QUEUED 3 SILVER limit 120 stop 80 holds 3 v1',
  ]),
  'tick that fills the exit of a bracket': working(inTurn(withExit, tick('1.20', 2)), [
    `~ ${heldCash(1105, { version: 4 })}`,
    `~ ${silverBalance(0, { version: 2 })}`,
    '+ entry ORDER_PAYMENT COMPLETED USD+360 SILVER-3 held',
    '~ exit OCO_SELL COMPLETED 3 SILVER limit 120 stop 80 for 360 v2',
  ]),
  'tick whose fill fails for good': working(
    inTurn(withCash(), withOtherScale, placed(limitBuy), tick('0.85')),
    ['~ order LIMIT_BUY QUEUED 3 SILVER limit 90 aside BALANCE_SCALE_MISMATCH holds 270 v2'],
    3,
  ),
  'sweep after a tick': {
    ...working(inTurn(withCash(), placed(limitBuy), tick('0.85')), bought),
    call: sweep('sweep'),
  },
  'reload after a tick': {
    ...working(inTurn(withCash(), placed(limitBuy), tick('0.85')), bought),
    call: sweep('reload'),
  },
  'sweep of a day after a tick': {
    ...working(inTurn(withCash(), placed(limitBuy), tick('0.85')), bought),
    call: sweep('sweepDay'),
  },
});
