import { dueTick, trailStopOf, type Due, type TriggerTerms, type TriggerTick } from '@cnop/entities-order';

/** A picture of what becomes of one order along a path of prices. */
export interface PricePath {
  /** The name of its file under `docs/images`, without `.svg`. */
  readonly name: string;
  readonly title: string;
  readonly order: Pick<TriggerTerms, 'orderType'> & Partial<TriggerTerms>;
  /** In minor units, two decimals; the order is placed at the first. */
  readonly prices: readonly number[];
}

const START_MS = Date.parse('2026-03-02T14:30:00.000Z');
const timeAt = (second: number): string => new Date(START_MS + second * 1_000).toISOString();

/** One picture for each kind of order. */
export const pricePaths: readonly PricePath[] = [
  {
    name: 'limit-buy',
    title: 'LIMIT_BUY at 95.00',
    order: { orderType: 'LIMIT_BUY', limitPriceMinor: 9_500n },
    prices: [10_000, 9_800, 9_900, 9_600, 9_420, 9_700],
  },
  {
    name: 'stop-loss-sell',
    title: 'STOP_LOSS_SELL at 95.00, with a gap',
    order: { orderType: 'STOP_LOSS_SELL', stopPriceMinor: 9_500n },
    prices: [10_000, 10_100, 9_800, 9_600, 9_100, 9_400],
  },
  {
    name: 'stop-limit-sell',
    title: 'STOP_LOSS_SELL at 95.00 with a limit of 94.00: the stop is touched below the limit',
    order: { orderType: 'STOP_LOSS_SELL', stopPriceMinor: 9_500n, limitPriceMinor: 9_400n },
    prices: [10_000, 9_700, 9_200, 9_300, 9_450, 9_600],
  },
  {
    name: 'take-profit-sell',
    title: 'TAKE_PROFIT_SELL at 105.00',
    order: { orderType: 'TAKE_PROFIT_SELL', stopPriceMinor: 10_500n },
    prices: [10_000, 10_200, 10_100, 10_400, 10_560, 10_300],
  },
  {
    name: 'trailing-stop-sell',
    title: 'TRAILING_STOP_SELL with a trail of 4.00',
    order: { orderType: 'TRAILING_STOP_SELL', trailAmountMinor: 400n, watermarkMinor: 10_000n },
    prices: [10_000, 10_200, 10_600, 10_400, 10_700, 10_500, 10_250, 10_500],
  },
  {
    name: 'oco-sell',
    title: 'OCO_SELL: profit at 106.00, stop at 95.00',
    order: { orderType: 'OCO_SELL', limitPriceMinor: 10_600n, stopPriceMinor: 9_500n },
    prices: [10_000, 10_300, 9_800, 10_400, 10_650, 10_200],
  },
];

/** What becomes of the order of a picture: what its ticks make due, in turn. */
export function outcomeOf({ order, prices }: PricePath): Due[] {
  const ticks = prices.map((price, second) => ({ asOf: timeAt(second), priceMinor: BigInt(price), executable: true }));
  const terms = { createdAt: timeAt(0), activeAsOf: timeAt(0), expiresAt: timeAt(86_400), ...order };
  const first = dueTick(terms, ticks);
  if (first?.action !== 'WORK_AS_LIMIT') return first ? [first] : [];

  const then = dueTick({ ...terms, triggeredAt: first.tick.asOf }, ticks);
  return then ? [first, then] : [first];
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [560, 240, 20, 120, 40, 20];
const text = (minor: bigint | number): string => (Number(minor) / 100).toFixed(2);

/** The picture as SVG: the same for the same input, in every process. */
export function pricePathSvg(path: PricePath): string {
  const { prices, order, title } = path;
  const levels = levelsOf(order);
  const stops = trailStops(path);
  const all = [...prices, ...levels.map(({ minor }) => minor), ...stops];
  const [low, high] = [Math.min(...all) - 50, Math.max(...all) + 50];
  const x = (index: number) => Math.round(LEFT + (index * (WIDTH - LEFT - RIGHT)) / (prices.length - 1));
  const y = (minor: number) => Math.round(TOP + ((high - minor) * (HEIGHT - TOP - BOTTOM)) / (high - low));
  const points = (values: readonly number[]) => values.map((value, index) => `${x(index)},${y(value)}`).join(' ');
  const marks = outcomeOf(path).map(({ tick, action }) => {
    const [index, price] = [indexOf(tick), Number(tick.priceMinor)];
    const words = action === 'WORK_AS_LIMIT' ? `stop touched at ${text(price)}` : `filled at ${text(price)}`;
    return `<circle cx="${x(index)}" cy="${y(price)}" r="5" fill="${action === 'WORK_AS_LIMIT' ? '#b26a00' : '#1a7f37'}"/><text x="${x(index) + 8}" y="${y(price) + 14}">${words}</text>`;
  });

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="20" font-size="13" font-weight="bold">${title}</text>`,
    ...levels.map(
      ({ name, minor }) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(minor)}" y2="${y(minor)}" stroke="#888888" stroke-dasharray="4"/><text x="${WIDTH - RIGHT + 6}" y="${y(minor) + 4}">${name} ${text(minor)}</text>`,
    ),
    ...(stops.length > 0
      ? [`<polyline points="${points(stops)}" fill="none" stroke="#cf222e" stroke-dasharray="4"/>`]
      : []),
    `<polyline points="${points(prices)}" fill="none" stroke="#0969da" stroke-width="2"/>`,
    ...marks,
    '</svg>',
    '',
  ].join('\n');
}

const indexOf = ({ asOf }: TriggerTick): number => (Date.parse(asOf) - START_MS) / 1_000;

function levelsOf({ orderType, limitPriceMinor, stopPriceMinor }: PricePath['order']) {
  const named = [
    { name: 'limit', minor: limitPriceMinor },
    { name: orderType.startsWith('TAKE_PROFIT') ? 'target' : 'stop', minor: stopPriceMinor },
  ];

  return named.flatMap(({ name, minor }) => (minor === undefined ? [] : [{ name, minor: Number(minor) }]));
}

/** The stop that a trail shows after each price. */
function trailStops({ order, prices }: PricePath): number[] {
  if (order.trailAmountMinor === undefined) return [];

  return prices.map((_, index) => Number(trailStopOf(order, BigInt(Math.max(...prices.slice(0, index + 1))))));
}
