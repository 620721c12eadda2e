import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, runExample } from '../support/run-example.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const run = promisify(execFile);
const started = new Set<ReturnType<typeof spawn>>();

afterAll(() => {
  for (const child of started) process.kill(-child.pid!, 'SIGKILL');
});

/** `npm start`, with a DynamoDB of its own, once it serves. */
async function npmStart(env: NodeJS.ProcessEnv) {
  const child = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  started.add(child);
  const ended = once(child, 'close').then(() => started.delete(child));

  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  while (!output.includes('Serving users, orders and inventory')) {
    const [hasEnded] = [await Promise.race([once(child.stdout, 'data'), ended])];
    if (hasEnded === true) throw new Error(`npm start has ended: ${output}`);
  }
  return { child, ended, output: () => output };
}

describe('the root README', () => {
  it('has an example that compiles, and prints what its comment says', async () => {
    const stdout = await runExample('README.md');

    expect(stdout).toBe('COMPLETED true 35749 0\n');
  });

  it('has a walk-through that works as printed against `npm start`', async () => {
    const [, walkThrough = ''] = /```sh\n(url=[\s\S]*?)```/.exec(readme) ?? [];
    const { child, ended, output } = await npmStart({ ...process.env, PORT: '0', DYNAMODB_ENDPOINT: '' });
    const [, PORT] = / at http:\/\/127\.0\.0\.1:(\d+)/.exec(output().split('Serving users')[1]!)!;
    const env = { ...process.env, PORT };

    const { stdout, stderr } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', walkThrough], { cwd: root, env });
    // To npm alone, as a supervisor sends it.
    child.kill('SIGTERM');
    await ended;

    const bodies = stdout.trim().split('\n');
    expect(stderr).toBe('');
    expect(bodies.map((line) => (line.startsWith('{') ? (JSON.parse(line) as object) : line.trim()))).toMatchObject([
      { username: 'ada', role: 'customer' },
      { transactionType: 'DEPOSIT', status: 'COMPLETED' },
      { orderType: 'MARKET_BUY', status: 'COMPLETED', notional: '288.00' },
      'idempotency-replayed: true',
      { username: 'ada', holdings: [{ assetId: 'MSFT' }] },
      { orderType: 'MARKET_SELL', status: 'COMPLETED', notional: '115.20' },
      { items: ['ORDER_PAYMENT', 'ORDER_PAYMENT', 'DEPOSIT'].map((transactionType) => ({ transactionType })) },
    ]);
    expect(output()).toMatch(/^User of the role admin: admin \S+$/m);
    expect(output()).not.toContain('it did not stop');
    for (const [, address = ''] of output().matchAll(/ at (http:\/\/127[^\s,]+)/g)) {
      await expect(fetch(address)).rejects.toThrow();
    }
  });
});

describe('the page of standing orders', () => {
  it('has an example of an engine that compiles, and prints what its comments say', async () => {
    const stdout = await runExample('docs/standing-orders.md');

    expect(stdout).toBe('QUEUED 19000\nCOMPLETED 9420\n');
  });

  it('has a walk-through that works as printed against `npm start`', async () => {
    const page = readFileSync(join(root, 'docs/standing-orders.md'), 'utf8');
    const [, walkThrough = ''] = /```sh\n(url=[\s\S]*?)```/.exec(page) ?? [];
    const { child, ended, output } = await npmStart({ ...process.env, PORT: '0', DYNAMODB_ENDPOINT: '' });
    const [, PORT] = / at http:\/\/127\.0\.0\.1:(\d+)/.exec(output().split('Serving users')[1]!)!;
    const [, FEED_PASSWORD] = /price-feed: price-feed (\S+)/.exec(output())!;
    const env = { ...process.env, PORT, FEED_PASSWORD };

    const { stdout, stderr } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', walkThrough], { cwd: root, env });
    child.kill('SIGTERM');
    await ended;

    const bodies = stdout.split('\n').filter((line) => line !== '');
    expect(stderr).toBe('');
    expect(bodies.map((line) => JSON.parse(line) as object)).toMatchObject([
      { hold: '190.00', wouldTrigger: false },
      { status: 'QUEUED', limitPrice: '96.00', held: '192.00' },
      { status: 'COMPLETED', fills: [{ price: '95.50', quantity: '2.000' }] },
      { events: ['PLACED', 'HELD', 'AMENDED', 'HELD', 'FILLED', 'ENDED'].map((type) => ({ type })) },
      { orderType: 'OCO_SELL', status: 'CANCELLED', held: '0.000' },
    ]);
  });
});
