import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, type RunningStack } from '@cnop/local-stack';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createContract, type OpenApiDocument } from '@cnop/e2e';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const screenshots = join(__dirname, '../../../../tmp/e2e');
let browser: Browser;
let page: Page;
let stack: RunningStack;
const complaints: string[] = [];

beforeAll(async () => {
  if (!existsSync(executablePath)) throw new Error('There is no Chromium: see tools/ci/chromium.sh, or set CHROMIUM.');
  mkdirSync(screenshots, { recursive: true });
  stack = await startStack({ port: 0 }, { log: () => undefined, logging: false });
  // As root, in a container, Chromium has no sandbox of its own.
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  page = await browser.newPage({ viewport: { width: 1_280, height: 1_600 } });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** What a screenshot holds: a page that shows nothing packs into a few kilobytes. */
const shoot = async (name: string): Promise<number> => {
  const path = join(screenshots, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  return statSync(path).size;
};

describe('/docs', () => {
  it('lists every operation of the document', async () => {
    const { operations } = createContract((await (await fetch(`${stack.url}/openapi.json`)).json()) as OpenApiDocument);

    await page.goto(`${stack.url}/docs`);
    await page.waitForSelector('.opblock');
    const methods = await page.locator('.opblock-summary-method').allInnerTexts();
    const paths = await page.locator('.opblock-summary-path').allInnerTexts();
    // The page breaks long paths by spaces of no width.
    const listed = paths.map((path, n) => `${methods[n]} ${path.replaceAll('\u200b', '')}`);

    expect(listed.sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
    expect(await shoot('docs-operations')).toBeGreaterThan(50_000);
  });

  it('lets one be tried: the list of assets', async () => {
    const block = page.locator('.opblock', { has: page.locator('[data-path="/v1/assets"]') }).first();

    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Try it out' }).click();
    await block.getByRole('button', { name: 'Execute' }).click();
    const answer = block.locator('.live-responses-table');
    await answer.waitFor();

    expect(await answer.locator('.response-col_status').last().innerText()).toMatch(/^200/);
    expect(await answer.innerText()).toContain('MSFT');
    expect(await shoot('docs-tried')).toBeGreaterThan(50_000);
  });

  it('runs within its own content security policy', () => {
    expect(complaints).toEqual([]);
  });
});
