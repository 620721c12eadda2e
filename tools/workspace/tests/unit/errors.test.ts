import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { defineErrors, toProblemDetails, type ErrorClass } from '@cnop/exceptions';
import { definedErrors, errorModules, type DefinedSet } from '../../src/defined-errors.ts';
import { errorsPage, httpApiPage } from '../../src/error-pages.ts';
import { catalogueFile, problemCatalogue } from '../../src/problem-catalogue.ts';

const root = join(__dirname, '../../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const formatted = (input: string, file = 'docs/page.md') =>
  execFileSync(join(root, 'node_modules/.bin/prettier'), ['--stdin-filepath', file], {
    cwd: root,
    input,
  }).toString();
let sets: DefinedSet[];
beforeAll(async () => {
  sets = await definedErrors();
});

/** What occurs more than once. */
const repeated = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);

describe(definedErrors, () => {
  it('finds the sets of all packages, those of no domain first', () => {
    expect(sets.map(({ name }) => name)[0]).toBe('sharedErrors');
    expect(sets.length).toBeGreaterThan(3);
  });

  it('finds no code and no class name twice', () => {
    const classes = sets.flatMap((set) => Object.entries(set.classes));

    expect(classes.length).toBeGreaterThan(40);
    expect(repeated(classes.map(([, { code }]) => code))).toEqual([]);
    expect(repeated(classes.map(([name]) => name))).toEqual([]);
  });

  it('finds errors with a sentence, with advice, and reported with their status', () => {
    for (const [name, Kind] of sets.flatMap((set) => Object.entries(set.classes))) {
      const problem = toProblemDetails(new (Kind as ErrorClass)({ issues: [], settings: [], supported: [] }));

      expect(name).toMatch(/^[A-Z]\w+Error$/);
      expect(Kind.title).toMatch(/^[A-Z].*\.$/);
      expect(Kind.advice).toMatch(/\.$/);
      expect(problem).toMatchObject({ status: Kind.status, retryable: Kind.retryable });
    }
  });

  it('misses none: errors are defined nowhere else', () => {
    const elsewhere = globSync('{libs,apps}/*/src/**/*.ts', { cwd: root })
      .filter((path) => !matchesGlob(path, errorModules))
      .filter((path) => /= defineErrors\(/.test(read(path).replaceAll(/^ \*.*$/gm, '')));

    expect(elsewhere).toEqual([]);
  });
});

describe('the pages on errors', () => {
  const classes = defineErrors({
    SomeError: { code: 'A_CODE', status: 409, title: 'It is so.', retryable: true, advice: 'Wait.' },
    OtherError: { code: 'B_CODE', status: 400, title: 'It is not.', advice: 'Ask.' },
  });
  const some = [{ from: '@x/some', name: 'someErrors', classes }];

  it('have a section for each package and each code, and a row for each code by status', () => {
    expect(errorsPage(some)).toContain('\n## someErrors of @x/some\n');
    expect(errorsPage(some)).toContain('\n### A_CODE\n\nIt is so. HTTP 409, may be retried. `SomeError`\n\nWait.\n');
    expect(errorsPage(some)).toContain('\n### B_CODE\n\nIt is not. HTTP 400. `OtherError`\n\nAsk.\n');

    expect(httpApiPage(read('docs/http-api.md'), some)).toMatch(
      /\| 400 {2}\| `B_CODE` .*\n[^]*\| 409 {2}\| `A_CODE` +\| yes /,
    );
    expect(() => httpApiPage('# Title', some)).toThrow('lacks the marks');
  });

  it('are what docs has; `npm run docs` writes them', () => {
    expect(read('docs/errors.md')).toBe(formatted(errorsPage(sets)));
    expect(read('docs/http-api.md')).toBe(formatted(httpApiPage(read('docs/http-api.md'), sets)));
  });
});

describe(problemCatalogue, () => {
  it('has each error with its details, as JSON has them', () => {
    const catalogue = problemCatalogue(sets);

    expect(catalogue).toContain(
      '"PRICE_STALE":{"status":503,"title":"The price is too old to trade on.","details":{"type":"object","properties":' +
        '{"assetId":{"type":"string"},"maxAgeMs":{"type":"number"},"priceAsOf":{"type":"string"}},' +
        '"required":["assetId","maxAgeMs","priceAsOf"]}}',
    );
    expect(catalogue).toContain('"enum":["expired","reused","revoked","unknown"]');
    expect(catalogue).toContain('"EMAIL_TAKEN":{"status":409,"title":"The email address is taken."}');
    expect(catalogue).not.toContain('CONFIGURATION_INVALID');
  });

  it('is what the middleware has; `npm run docs` writes it', () => {
    expect(read(catalogueFile)).toBe(formatted(problemCatalogue(sets), catalogueFile));
  });
});
