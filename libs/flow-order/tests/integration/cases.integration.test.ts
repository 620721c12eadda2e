import { readdirSync, readFileSync } from 'node:fs';
import { env } from 'node:process';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { flatFee } from '@cnop/entities-order';
import { takeCaseStep, type CaseSettings, type StandingCase } from '../support/replay-case.ts';
import { useTestExchange } from '../support/test-exchange.ts';

interface CaseFile {
  readonly settings: CaseSettings;
  readonly cases: readonly StandingCase[];
}

/** All of them, and on DynamoDB Local, which is slower, the worked examples. */
const isChosen = (name: string) => env['CNOP_DYNAMODB_BACKEND'] !== 'docker' || name === 'worked-examples.json';
const directory = new URL('../cases/', import.meta.url);
const files = readdirSync(directory)
  .filter((name) => name.endsWith('.json') && isChosen(name))
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as CaseFile] as const);
const exchange = useTestExchange();

describe.each(files)('the cases of %s', (_, { settings: common, cases }) => {
  it.each(cases.map((each) => [`${each.id}: ${each.title}`, each] as const))('%s', async (__, each) => {
    const { feeBps = 0, collarBps = 500, maxTickMoveBps, execution, maxFills } = { ...common, ...each.settings };
    exchange.clock.set(each.steps[0]?.at ?? '');
    const assetId = await exchange.list({
      ...(maxTickMoveBps !== undefined && { maxTickMoveBps }),
      ...(execution === 'VENUE' && { execution, ...(maxFills !== undefined && { maxFills }) }),
    });
    const owner = await exchange.trader(keyedBy(assetId, each.start));
    const process = exchange.connect({ flow: { collarBps, feeSchedule: flatFee(feeBps) } });
    const engine = createOrderEngine({ database: process.database, collarBps });
    const world = { exchange, process, engine, assetId, owner, refs: new Map<string, string>() };

    for (const step of each.steps) {
      const expected = { ...step.after, balances: keyedBy(assetId, step.after.balances) };
      const { refused, after } = await takeCaseStep(world, { ...step, after: expected });

      expect({ step, refused, ...after }).toEqual({ step, refused: step.refused, ...expected });
    }
  });
});

/** Each case has an asset of its own, and the cases call it GLDX. */
const keyedBy = <TValue>(assetId: string, byCode: Readonly<Record<string, TValue>>): Record<string, TValue> =>
  Object.fromEntries(Object.entries(byCode).map(([code, value]) => [code === 'GLDX' ? assetId : code, value]));
