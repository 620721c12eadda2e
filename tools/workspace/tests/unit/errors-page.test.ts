import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCatalogue } from '@cnop/exceptions';
import { errorsPageText } from '../../src/errors-page-text.ts';

describe(errorsPageText, () => {
  it('has a section for each code', () => {
    const page = errorsPageText({
      A_CODE: { status: 409, title: 'It is so.', retryable: true, advice: 'Wait.' },
      B_CODE: { status: 400, title: 'It is not.', retryable: false, advice: 'Ask.' },
    });

    expect(page).toContain('\n## A_CODE\n\nIt is so. HTTP 409, may be retried.\n\nWait.\n');
    expect(page).toContain('\n## B_CODE\n\nIt is not. HTTP 400.\n\nAsk.\n');
  });

  it('is what docs/errors.md holds; `npm run docs` writes it', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/errors.md'), 'utf8');

    expect(page.trim()).toBe(errorsPageText(errorCatalogue).trim());
  });
});
