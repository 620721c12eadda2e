import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentationOf, domainErrorOf, errorCatalogue, isErrorCode, type ErrorCode } from '@cnop/exceptions';

const codes = Object.keys(errorCatalogue) as ErrorCode[];
const page = readFileSync(join(__dirname, '../../../../docs/errors.md'), 'utf8');

describe('errorCatalogue', () => {
  it.each(codes)('gives %s an error status, a sentence and advice', (code) => {
    const { status, title, advice } = errorCatalogue[code];

    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(advice).toMatch(/\.$/);
  });

  it.each(codes)('documents %s under the heading its link leads to', (code) => {
    const anchor = documentationOf(code).split('#')[1];

    expect(page).toContain(`\n## ${code}\n`);
    expect(anchor).toBe(code.toLowerCase());
    expect(page).toContain(errorCatalogue[code].title);
    expect(page).toContain(errorCatalogue[code].advice);
    expect(page).toContain(`HTTP ${errorCatalogue[code].status}`);
  });

  it.each(codes)('has a class for %s that says the same', (code) => {
    const error = domainErrorOf(code, { issues: [] } as never);

    expect(error.code).toBe(code);
    expect(error.retryable).toBe(errorCatalogue[code].retryable);
    expect(error.message).toBe(errorCatalogue[code].title);
    expect(error.name).toMatch(/Error$/);
  });

  it('gives every class a name of its own', () => {
    const names = codes.map((code) => domainErrorOf(code, { issues: [] } as never).name);

    expect(new Set(names).size).toBe(codes.length);
  });
});

describe(isErrorCode, () => {
  it('knows the codes and nothing else', () => {
    expect(isErrorCode('BALANCE_INSUFFICIENT')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
    expect(isErrorCode(42)).toBe(false);
  });
});
