import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startStack, type RunningStack } from '@cnop/local-stack';
import { chromium, type Browser, type Page } from 'playwright-core';
import { operationsOf, type OpenApiDocument } from '../../src/contract.ts';

const pictures = join(__dirname, '../../test-output/pictures');
/** Where Debian's packages install it, the one without windows first; `tools/ci/chromium.sh` installs it. */
const places = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const executablePath = process.env['CHROMIUM_PATH'] ?? places.find((path) => existsSync(path)) ?? places[0]!;

let stack: RunningStack;
let browser: Browser;
let page: Page;
/** Errors that the page reported, and addresses other than the stack's that it asked for. */
const complaints: string[] = [];

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  stack = await startStack({ port: 0 }, { log: () => undefined });
  // Chromium's own sandbox needs a user who is not root; it opens nothing but the local stack.
  browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${stack.url}/`) && !request.url().startsWith('data:'))
      complaints.push(request.url());
  });
  await page.goto(`${stack.url}/docs`);
  await page.locator('.opblock').first().waitFor();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

describe('/docs', () => {
  it('draws every operation of the document', async () => {
    const document = (await (await fetch(`${stack.url}/openapi.json`)).json()) as OpenApiDocument;
    const listed: string[] = [];
    const sizes: number[] = [];

    for (const block of await page.locator('.opblock').all()) {
      const method = await block.locator('.opblock-summary-method').innerText();
      const path = await block.locator('.opblock-summary-path').getAttribute('data-path');
      listed.push(`${method} ${path}`);
      sizes.push((await block.screenshot()).length);
    }
    await page.screenshot({ fullPage: true, path: join(pictures, 'operations.png') });

    const described = operationsOf(document).map(({ method, path }) => `${method} ${path}`);
    expect(listed.toSorted()).toEqual(described.toSorted());
    // As PNG, a box without text takes less than 1 kB, and one with method and path more than 5.
    expect(Math.min(...sizes)).toBeGreaterThan(3_000);
  });

  it('lets an operation be tried, and shows the response', async () => {
    const block = page.locator('.opblock', { has: page.locator('[data-path="/v1/assets"]') }).first();
    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Try it out' }).click();
    await block.getByRole('button', { name: 'Execute' }).click();
    const response = block.locator('.live-responses-table .response').first();
    await response.waitFor();

    const text = await response.innerText();

    await block.screenshot({ path: join(pictures, 'tried.png') });
    expect(text).toMatch(/^200/);
    expect(text).toContain('"assetId": "IBM"');
  });

  it('runs without a complaint, and asks nobody but the service', () => {
    expect(complaints).toEqual([]);
  });
});
