import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled, bundleHandler } from '../../src/bundles.ts';

const maxOrderBytes = 900_000;

describe('a function that executes orders, as one file', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bundles-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it(`is at most ${maxOrderBytes} bytes`, async () => {
    const bundles = await Promise.all(bundled.map((name) => bundleHandler(name, folder)));
    const [sdkBytes, orderBytes] = bundles.map(({ outputs }) => Object.values(outputs)[0]?.bytes);

    process.stdout.write(`Minified: the bare SDK's ${sdkBytes} bytes, one that executes orders ${orderBytes}.\n`);
    expect(orderBytes).toBeLessThanOrEqual(maxOrderBytes);
  });

  it('has the texts of one language', async () => {
    const { outputs } = await bundleHandler('order-handler', folder);

    const [output] = Object.values(outputs);
    const locales = Object.entries(output?.inputs ?? {}).filter(
      ([path, { bytesInOutput }]) => path.includes('/zod/') && path.includes('/locales/') && bytesInOutput > 0,
    );

    expect(locales.map(([path]) => path)).toEqual([expect.stringMatching(/\/en\.js$/)]);
  });
});
