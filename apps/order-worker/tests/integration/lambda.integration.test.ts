import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { answerError, everyCall, type Fault } from '@cnop/testing';
import { build, type Metafile } from 'esbuild';
import { createWorkerFunctions } from '../../src/worker-functions.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const { env, market, connect } = useTestExchange();
const run = promisify(execFile);

/** A record of the stream, as Lambda gives it: the price of an asset has moved. */
const moved = (assetId: string, priceAsOf: string, sequenceNumber: string) => ({
  eventID: sequenceNumber,
  eventName: 'MODIFY',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    ApproximateCreationDateTime: 1,
    Keys: { pk: { S: `ASSET#${assetId}` }, sk: { S: 'ASSET' } },
    SequenceNumber: sequenceNumber,
    OldImage: { sk: { S: 'ASSET' }, assetId: { S: assetId } },
    NewImage: { sk: { S: 'ASSET' }, assetId: { S: assetId }, priceAsOf: { S: priceAsOf } },
  },
});

/** An asset that cannot be read by itself. */
const unreadable = (assetId: string): Fault => ({
  ...answerError('InternalServerError', { status: 500 }),
  appliesTo: ({ target, body }) => target === 'GetItem' && body.includes(`"ASSET#${assetId}"`),
});

/** Functions of an environment of their own. */
function openFunctions() {
  const { database, http } = connect({ retry: { maxAttempts: 1 } });
  const failures: unknown[] = [];
  const engine = createOrderEngine({ database });
  const functions = createWorkerFunctions({ database, engine, onFailure: (failure) => failures.push(failure) });

  return { http, failures, ...functions };
}

describe('the function of the stream', () => {
  it('works each asset of a batch to its newest tick', async () => {
    const { onTicks } = openFunctions();
    const assetIds = [await market.list(), await market.list()];
    const placed = await Promise.all(assetIds.map((assetId) => market.place(assetId)));
    const asOf = await Promise.all(assetIds.map((assetId) => market.tick(assetId, '19.00')));

    const response = await onTicks({ Records: assetIds.map((id, index) => moved(id, asOf[index]!, `${index + 1}`)) });

    expect(response).toEqual({ batchItemFailures: [] });
    expect(await Promise.all(placed.map(market.statusOf))).toEqual(['COMPLETED', 'COMPLETED']);
  });

  it('names the first record of an asset that failed, and works the others', async () => {
    const { onTicks, http, failures } = openFunctions();
    const [broken, sound] = [await market.list(), await market.list()];
    const orderId = await market.place(sound);
    const asOf = await market.tick(sound, '19.00');
    http.use(everyCall(unreadable(broken)));

    const response = await onTicks({
      Records: [moved(broken, '2030-01-01T00:00:00.000Z', '1'), moved(sound, asOf, '2'), moved(broken, '2030', '3')],
    });

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(await market.statusOf(orderId)).toBe('COMPLETED');
    expect(failures).toMatchObject([{ assetId: broken }]);
  });

  it('leaves what is no price alone', async () => {
    const { onTicks, http } = openFunctions();
    const tick = {
      Keys: { pk: { S: 'ASSET#X' }, sk: { S: 'TICK#1' } },
      SequenceNumber: '1',
      NewImage: { sk: { S: 'TICK#1' } },
    };

    expect(await onTicks({ Records: [{ eventID: '1', eventName: 'INSERT', dynamodb: tick }] })).toEqual({
      batchItemFailures: [],
    });
    expect(http.calls).toEqual([]);
  });
});

describe('the scheduled function', () => {
  it('fills what no record has told of, and expires what is over', async () => {
    const { onSchedule } = openFunctions();
    const assetId = await market.list();
    const [due, over] = [await market.place(assetId), await market.place(assetId, await market.expiresSoon(assetId))];
    await market.tick(assetId, '24.00');
    await market.tick(assetId, '19.00');

    await onSchedule();
    await onSchedule();

    expect([await market.statusOf(due), await market.statusOf(over)]).toEqual(['COMPLETED', 'EXPIRED']);
  });

  it('does all that it can, and then fails with what failed', async () => {
    const { onSchedule, http, failures } = openFunctions();
    const [broken, sound] = [await market.list(), await market.list()];
    const orderId = await market.place(sound);
    await market.tick(sound, '19.00');
    http.use(everyCall(unreadable(broken)));

    await expect(onSchedule()).rejects.toThrow('1 parts of the work failed.');

    expect(failures).toMatchObject([{ assetId: broken }]);
    expect(await market.statusOf(orderId)).toBe('COMPLETED');
  });
});

describe('the functions as one file', () => {
  let folder: string;
  let bundle: Metafile;
  const isBuiltIn = (path: string): boolean => builtinModules.includes(path.replace(/^node:/, ''));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'worker-bundle-'));
    ({ metafile: bundle } = await build({
      entryPoints: [join(__dirname, '../../src/lambda.ts')],
      outfile: join(folder, 'lambda.cjs'),
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      mainFields: ['module', 'main'],
      conditions: ['@cnop/source'],
      metafile: true,
      logLevel: 'error',
    }));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('hold neither a server nor the client of streams, and no native module', async () => {
    const [output] = Object.values(bundle.outputs);
    const inputs = Object.keys(bundle.inputs);

    process.stdout.write(`The bundle of the worker: ${Math.round((output?.bytes ?? 0) / 1024)} KB.\n`);
    expect(output?.bytes).toBeLessThan(1_200_000);
    expect(output?.imports.filter(({ path }) => !isBuiltIn(path))).toEqual([]);
    expect(inputs.filter((path) => /\.node$|node_modules\/fastify|client-dynamodb-streams/.test(path))).toEqual([]);
    expect(await readFile(join(folder, 'lambda.cjs'), 'utf8')).not.toMatch(/AWS::DynamoDB::Table/);
  });

  it('fill an order by a record and by the schedule, and name what is missing in their environment', async () => {
    const assetId = await market.list();
    const orderId = await market.place(assetId);
    const asOf = await market.tick(assetId, '19.00');
    const program = join(folder, 'run.cjs');
    const event = JSON.stringify({ Records: [moved(assetId, asOf, '1')] });
    await writeFile(
      program,
      `const { onTicks, onSchedule } = require('./lambda.cjs');
       (async () => {
         const result = await onTicks(${event});
         await onSchedule();
         process.stdout.write(JSON.stringify(result), () => process.exit());
       })().catch((error) => { process.stdout.write(error.message, () => process.exit()); });`,
    );
    const invoke = async (variables: NodeJS.ProcessEnv) =>
      (await run(process.execPath, [program], { cwd: folder, env: { ...env, NODE_OPTIONS: '', ...variables } })).stdout;

    expect(JSON.parse(await invoke({}))).toEqual({ batchItemFailures: [] });
    expect(await market.statusOf(orderId)).toBe('COMPLETED');
    expect(await invoke({ CNOP_TABLE_ORDERS: '' })).toContain('CNOP_TABLE_ORDERS is required');
  });
});
