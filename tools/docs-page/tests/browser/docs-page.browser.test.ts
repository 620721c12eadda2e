import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { colourCounts } from '../../src/colour-counts.ts';
import { openDocsPage, type DocsPage } from '../../src/open-docs-page.ts';

const pictures = join(__dirname, '../../test-output/pictures');
const methods = ['get', 'post', 'put', 'patch', 'delete'];

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

let docs: DocsPage;

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  docs = await openDocsPage();
});

afterAll(() => docs.close());

async function describedOperations(): Promise<string[]> {
  const { paths } = (await (await fetch(`${docs.url}/openapi.json`)).json()) as ApiDocument;

  return Object.entries(paths).flatMap(([path, item]) =>
    methods.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

describe('/docs', () => {
  it('draws every operation of the document', async () => {
    const { page } = docs;
    const blocks = await page.locator('.opblock').all();
    const listed = await Promise.all(
      blocks.map(async (block) => {
        const method = await block.locator('.opblock-summary-method').innerText();
        const path = await block.locator('.opblock-summary-path').getAttribute('data-path');
        return `${method} ${path}`;
      }),
    );
    const regions = await Promise.all(blocks.map(async (block) => (await block.boundingBox())!));
    const picture = await page.screenshot({ fullPage: true, path: join(pictures, 'operations.png') });
    const rounded = regions.map(({ x, y, width, height }) => ({
      x: Math.ceil(x),
      y: Math.ceil(y),
      width: Math.floor(width),
      height: Math.floor(height),
    }));

    const colours = await colourCounts(docs.browser, picture, rounded);

    expect(listed.toSorted()).toEqual((await describedOperations()).toSorted());
    expect(Math.min(...colours)).toBeGreaterThan(10);
  });

  it('lets an operation be tried, and shows the answer', async () => {
    const { page } = docs;
    const block = page.locator('.opblock', { has: page.locator('[data-path="/v1/assets"]') }).first();
    await block.locator('.opblock-summary-control').click();
    await block.getByRole('button', { name: 'Try it out' }).click();
    await block.getByRole('button', { name: 'Execute' }).click();
    const answer = block.locator('.live-responses-table .response').first();
    await answer.waitFor();

    const text = await answer.innerText();

    await block.screenshot({ path: join(pictures, 'tried.png') });
    expect(text).toMatch(/^200/);
    expect(text).toContain('"assetId": "IBM"');
  });

  it('runs without a complaint, and asks nobody but the service', () => {
    expect(docs.complaints).toEqual([]);
  });
});
