import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { defineErrors, toProblemDetails, type ErrorClass } from '@cnop/exceptions';
import { definedErrors, errorModules, type DefinedSet } from '../../src/defined-errors.ts';
import { errorsPageText } from '../../src/errors-page-text.ts';

const root = join(__dirname, '../../../..');
let sets: DefinedSet[];
beforeAll(async () => {
  sets = await definedErrors();
});

/** What occurs more than once. */
const repeated = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);

describe(definedErrors, () => {
  it('finds the sets of all packages, those of no domain first', () => {
    const names = sets.map(({ name }) => name);

    expect(names[0]).toBe('sharedErrors');
    expect(names).toEqual(expect.arrayContaining(['userErrors', 'ledgerErrors', 'orderErrors', 'inventoryErrors']));
  });

  it('finds no code and no class name twice', () => {
    const classes = sets.flatMap((set) => Object.entries(set.classes));

    expect(classes.length).toBeGreaterThan(40);
    expect(repeated(classes.map(([, { code }]) => code))).toEqual([]);
    expect(repeated(classes.map(([name]) => name))).toEqual([]);
  });

  it('finds errors with a sentence, with advice, and reported with their status', () => {
    for (const [name, Kind] of sets.flatMap((set) => Object.entries(set.classes))) {
      const problem = toProblemDetails(new (Kind as ErrorClass)({ issues: [] }));

      expect(name).toMatch(/^[A-Z]\w+Error$/);
      expect(Kind.title).toMatch(/^[A-Z].*\.$/);
      expect(Kind.advice).toMatch(/\.$/);
      expect(problem).toMatchObject({ status: Kind.status, retryable: Kind.retryable });
    }
  });

  it('misses none: errors are defined nowhere else', () => {
    const elsewhere = globSync('{libs,apps}/*/src/**/*.ts', { cwd: root })
      .filter((path) => !matchesGlob(path, errorModules))
      .filter((path) => /= defineErrors\(/.test(readFileSync(join(root, path), 'utf8').replaceAll(/^ \*.*$/gm, '')));

    expect(elsewhere).toEqual([]);
  });
});

describe(errorsPageText, () => {
  it('has a section for each package and each code', () => {
    const classes = defineErrors({
      SomeError: { code: 'A_CODE', status: 409, title: 'It is so.', retryable: true, advice: 'Wait.' },
      OtherError: { code: 'B_CODE', status: 400, title: 'It is not.', advice: 'Ask.' },
    });

    const page = errorsPageText([{ from: '@x/some', name: 'someErrors', classes }]);

    expect(page).toContain('\n## someErrors of @x/some\n');
    expect(page).toContain('\n### A_CODE\n\nIt is so. HTTP 409, may be retried. `SomeError`\n\nWait.\n');
    expect(page).toContain('\n### B_CODE\n\nIt is not. HTTP 400. `OtherError`\n\nAsk.\n');
  });

  it('is what docs/errors.md holds; `npm run docs` writes it', () => {
    const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');

    expect(page.trim()).toBe(errorsPageText(sets).trim());
  });
});
