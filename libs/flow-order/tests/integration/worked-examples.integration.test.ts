import { readFileSync } from 'node:fs';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { flatFee } from '@cnop/entities-order';
import { takeCaseStep, type CaseSettings, type StandingCase } from '../support/replay-case.ts';
import { useTestExchange } from '../support/test-exchange.ts';

interface CaseFile {
  readonly asset: { readonly currency: string };
  readonly settings: CaseSettings;
  readonly cases: readonly StandingCase[];
}

const file = JSON.parse(readFileSync(new URL('../cases/worked-examples.json', import.meta.url), 'utf8')) as CaseFile;
const exchange = useTestExchange();

describe('the worked examples', () => {
  it.each(file.cases.map((each) => [each.title, each] as const))('%s', async (_, { settings, start, steps }) => {
    const { feeBps = 0, collarBps = 500, maxTickMoveBps } = { ...file.settings, ...settings };
    exchange.clock.set(steps[0]?.at ?? '');
    const assetId = await exchange.list(maxTickMoveBps === undefined ? {} : { maxTickMoveBps });
    const named = (amounts: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(amounts).map(([code, amount]) => [code === 'GLDX' ? assetId : code, amount]));
    const owner = await exchange.trader(named(start));
    const process = exchange.connect({ flow: { collarBps, feeSchedule: flatFee(feeBps) } });
    const engine = createOrderEngine({ database: process.database, collarBps });
    const world = { exchange, process, engine, assetId, owner, refs: new Map<string, string>() };

    for (const step of steps) {
      const expected = { ...step.after, balances: namedKeys(step.after.balances, assetId) };
      const { refused, after } = await takeCaseStep(world, { ...step, after: expected });

      expect({ step, refused, ...after }).toEqual({ step, refused: step.refused, ...expected });
    }
  });
});

const namedKeys = <TValue>(byCode: Readonly<Record<string, TValue>>, assetId: string): Record<string, TValue> =>
  Object.fromEntries(Object.entries(byCode).map(([code, value]) => [code === 'GLDX' ? assetId : code, value]));
