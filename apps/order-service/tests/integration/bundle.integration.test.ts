import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTokenIssuer, generateSigningKey } from '@cnop/middleware';
import { build, type Metafile } from 'esbuild';
import type { HandlerEvent, HandlerResult } from '../support/order-handler-main.ts';
import { parties } from '../support/order-app.ts';
import { useTestTables } from '../support/test-tables.ts';

const tables = useTestTables();
const run = promisify(execFile);
const order = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '2', clientOrderId: 'bundled-1' };

const isBuiltIn = (path: string): boolean => builtinModules.includes(path.replace(/^node:/, ''));

let folder: string;
let bundle: Metafile;

/** Sends the requests to the handler of the bundle, in a process that sees nothing but that file. */
async function invoke(publicKeys: object, events: readonly HandlerEvent[]): Promise<HandlerResult[]> {
  const program = join(folder, 'run.cjs');
  await writeFile(
    program,
    `const { handler } = require('./handler.cjs');
     (async () => {
       const results = [];
       for (const event of ${JSON.stringify(events)}) results.push(await handler(event));
       process.stdout.write(JSON.stringify(results), () => process.exit());
     })();`,
  );
  const env = { ...tables.env, NODE_OPTIONS: '', PUBLIC_KEYS: JSON.stringify(publicKeys) };
  const { stdout } = await run(process.execPath, [program], { cwd: folder, env });

  return JSON.parse(stdout) as HandlerResult[];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-bundle-'));
  ({ metafile: bundle } = await build({
    entryPoints: [join(__dirname, '../support/order-handler-main.ts')],
    outfile: join(folder, 'handler.cjs'),
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

describe('the order service as one file', () => {
  it('holds no native module, nothing that hashes passwords, and no infrastructure code', async () => {
    const inputs = Object.keys(bundle.inputs);
    const [output] = Object.values(bundle.outputs);

    process.stdout.write(`The bundle of the order service: ${Math.round((output?.bytes ?? 0) / 1024)} KB.\n`);
    expect(Object.keys(bundle.outputs)).toHaveLength(1);
    expect(output?.bytes).toBeLessThan(2_400_000);
    expect(output?.imports.filter(({ path }) => !isBuiltIn(path))).toEqual([]);
    expect(inputs.filter((path) => /\.node$|argon2|passwords|database-core\/src\/infrastructure/.test(path))).toEqual(
      [],
    );
    expect(await readFile(join(folder, 'handler.cjs'), 'utf8')).not.toMatch(
      /AWS::DynamoDB::Table|aws_dynamodb_table|@node-rs/,
    );
    expect(inputs).toContain('../../libs/flow-order/src/place-order.ts');
  });

  it('executes an order once, and its repeat as a replay', async () => {
    const username = await tables.trader();
    const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
    const { accessToken } = await issuer.issue({ username, role: 'customer', sessionEpoch: 0 });
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const place: HandlerEvent = { method: 'POST', path: '/v1/orders', headers, body: JSON.stringify(order) };

    const [first, again, refused] = await invoke(issuer.publicKeys, [place, place, { ...place, headers: {} }]);

    expect(first).toMatchObject({ statusCode: 201 });
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ username, status: 'COMPLETED', notional: '50.00' });
    expect(again?.body).toBe(first?.body);
    expect(refused).toMatchObject({ statusCode: 401 });
    await expect(tables.cashOf(username)).resolves.toBe(5_000n);
  });
});
