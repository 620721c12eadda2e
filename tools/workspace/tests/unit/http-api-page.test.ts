import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTableText } from '../../src/error-table-text.ts';
import { listedErrors } from '../../src/listed-errors.ts';
import { replaceSection } from '../../src/replace-section.ts';

describe(errorTableText, () => {
  it('lists codes by status, in columns', () => {
    const table = errorTableText([
      { code: 'B_CODE', status: 503, title: 'Wait.', retryable: true },
      { code: 'A_CODE', status: 404, title: 'It is not there.', retryable: false },
    ]);

    expect(table).toBe(
      [
        '| HTTP | code     | retryable | title            |',
        '| ---- | -------- | --------- | ---------------- |',
        '| 404  | `A_CODE` |           | It is not there. |',
        '| 503  | `B_CODE` | yes       | Wait.            |',
      ].join('\n'),
    );
  });

  it('is what docs/http-api.md holds; `npm run docs` writes it', async () => {
    const page = readFileSync(join(__dirname, '../../../../docs/http-api.md'), 'utf8');

    expect(page).toBe(replaceSection(page, 'error codes', errorTableText(await listedErrors())));
  });
});

describe(replaceSection, () => {
  it('names the marks that a document lacks', () => {
    expect(() => replaceSection('# Title', 'figures', 'x')).toThrow('The document lacks the marks of figures.');
  });
});
