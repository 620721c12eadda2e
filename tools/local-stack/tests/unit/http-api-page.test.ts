import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpApiPage } from '../../src/http-api/page.ts';
import { httpApiPageText } from '../../src/http-api/page-text.ts';

const entry = (status: number, retryable: boolean) => ({ status, retryable, title: 'A title.' });

describe(httpApiPageText, () => {
  it('shows for each route its query, whom it is for, and its answers', () => {
    const page = httpApiPageText(
      {
        paths: {
          '/a': {
            get: {
              summary: 'Lists.',
              security: [],
              parameters: [
                { name: 'limit', in: 'query' },
                { name: 'id', in: 'path' },
                { name: 'cursor', in: 'query' },
              ],
              responses: { '200': {}, default: {} },
            },
            post: { summary: 'Adds.', security: [{ accessToken: [] }], 'x-roles': ['ADMIN'], responses: { '201': {} } },
          },
          '/b': { delete: { security: [{ accessToken: [] }], responses: { '204': {} } } },
        },
      },
      {},
    );

    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => row.replaceAll(/ +/g, ' '))).toEqual([
      '| `GET /a?limit=&cursor=` | anyone | 200 | Lists. |',
      '| `POST /a` | ADMIN | 201 | Adds. |',
      '| `DELETE /b` | users | 204 | |',
    ]);
  });

  it('shows every error with its status, and whether it may be repeated', () => {
    const page = httpApiPageText({}, { GONE: entry(404, false), BUSY: entry(503, true) });

    expect(page).toMatch(/\| `GONE` +\| 404 +\| +\| A title\. \|\n\| `BUSY` +\| 503 +\| yes +\| A title\. \|\n/);
  });
});

describe(httpApiPage, () => {
  it('is what docs/http-api.md holds; `npm run docs` writes it', async () => {
    const page = readFileSync(join(__dirname, '../../../../docs/http-api.md'), 'utf8');

    expect(page).toBe(await httpApiPage());
  });
});
