import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLedger } from '@cnop/ledger-audit';
import { useCaseDesks } from '../support/case-desk.ts';
import {
  takeCaseStep,
  type CaseSettings,
  type CaseState,
  type CaseWorld,
  type StandingCase,
} from '../support/replay-case.ts';
import { root } from '../support/run-example.ts';

const directory = join(root, 'libs/flow-order/tests/cases');
const cases = readdirSync(directory)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => {
    const file = JSON.parse(readFileSync(join(directory, name), 'utf8')) as {
      readonly settings: CaseSettings;
      readonly cases: readonly StandingCase[];
    };
    return file.cases.map((each) => ({ ...each, settings: { ...file.settings, ...each.settings } }));
  });
const { database, clock, balances, desk: deskOf, register } = useCaseDesks();
let listed = 0;

beforeAll(async () => {
  await register('admin-1', 'admin');
  await register('feed-1', 'price-feed');
  await register('venue-1', 'venue');
});

/** Lists an asset and registers an owner for a case, with what the owner has at first. */
async function openCase({ id, settings = {}, start }: StandingCase): Promise<CaseWorld> {
  const { feeBps = 0, collarBps = 500, maxTickMoveBps, execution, maxFills } = settings;
  const desk = await deskOf({ feeBps, collarBps });
  const admin = desk.as('admin-1', 'admin');
  const username = await register(id.replace(/[^a-z0-9]/g, '-'));
  listed += 1;
  const assetId = `GLDX${listed}`;
  const terms = {
    ...(maxTickMoveBps !== undefined && { maxTickMoveBps }),
    ...(execution === 'VENUE' && { execution, ...(maxFills !== undefined && { maxFills }) }),
  };
  const gold = { name: 'Gold', category: 'COMMODITY', currency: 'EUR', priceScale: 3, decimals: 6 };
  const minimums = { minQuantity: '0.000100', minNotional: '1.00' };

  expect(await admin('POST /v1/assets', { assetId, ...gold, ...minimums, ...terms })).toMatchObject({ status: 201 });
  for (const [code, amount] of Object.entries(keyedBy(assetId, start))) {
    const adjustment = { code, amount, description: 'start' };
    expect(await admin(`POST /v1/users/${username}/adjustments`, adjustment)).toMatchObject({ status: 201 });
  }
  return {
    desk,
    assetId,
    admin,
    owner: desk.as(username),
    venue: desk.as('venue-1', 'venue'),
    feed: desk.as('feed-1', 'price-feed'),
    freeze: (code) => balances.updateBalance({ owner: username, code, status: 'FROZEN' }),
    refs: new Map(),
  };
}

describe('the worked cases of standing orders over HTTP', () => {
  it.each(cases.map((each) => [`${each.id}: ${each.title}`, each] as const))('%s', async (_, each) => {
    clock.set(each.steps[0]?.at ?? '');
    const world = await openCase(each);

    for (const step of each.steps) {
      const expected = { ...step.after, balances: keyedBy(world.assetId, step.after.balances) };
      clock.set(step.at);
      const { refused, after } = await takeCaseStep(world, { ...step, after: expected });

      expect({ step, refused, ...after }).toEqual({ step, refused: step.refused, ...expectedOf(expected) });
    }
  });

  it('leave a ledger without a break', async () => {
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});

/** Each case has an asset of its own, and the cases call it GLDX. */
const keyedBy = <TValue>(assetId: string, byCode: Readonly<Record<string, TValue>>): Record<string, TValue> =>
  Object.fromEntries(Object.entries(byCode).map(([code, value]) => [code === 'GLDX' ? assetId : code, value]));

/** Over HTTP every fill shows its fee. */
function expectedOf({ orders, ...rest }: CaseState): CaseState {
  const withFees = Object.entries(orders).map(([ref, { fills, ...order }]) => [
    ref,
    {
      ...order,
      ...(fills !== undefined && {
        fills: (fills as Record<string, unknown>[]).map((fill) => ({ fee: '0.00', ...fill })),
      }),
    },
  ]);

  return { orders: Object.fromEntries(withFees) as CaseState['orders'], ...rest };
}
