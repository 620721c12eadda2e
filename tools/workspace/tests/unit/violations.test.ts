import { lintTexts, type LintedText, type Refusal } from '../support/lint-texts.ts';
import { readGraph } from '../support/read-graph.ts';
import { readViolations, type Violation } from '../support/read-violations.ts';

jest.setTimeout(120_000);

const violations = readViolations();
const importOf = (file: string, specifier: string): LintedText => ({
  file,
  text: `import * as it from '${specifier}';\n\nexport const all = it;\n`,
});
const refused: readonly (readonly [file: string, specifier: string, message: RegExp])[] = [
  ['libs/utils/src/a.ts', '@cnop/dao-user', /circular dependency/i],
  ['libs/aws-sts/src/a.ts', '@cnop/dao-user', /"layer:platform" can only depend on/],
  ['libs/entities-order/src/a.ts', '@cnop/dao-inventory', /"layer:entities" can only depend on/],
  ['libs/dao-order/src/a.ts', '@cnop/dao-user', /"layer:dao" can only depend on/],
  ['libs/entities-order/src/a.ts', '@cnop/entities-user', /can only depend on/],
  ['libs/dao-user/src/a.ts', '@cnop/testing', /"layer:dao" can only depend on/],
  ['libs/utils/tests/a.ts', '@cnop/testing', /circular dependency|"layer:ground" can only depend on/i],
  ['libs/flow-order/src/a.ts', '../../dao-user/src/index.ts', /relative/],
];
const allowed: readonly (readonly [file: string, specifier: string])[] = [
  ['libs/dao-user/tests/a.ts', '@cnop/testing'],
  ['libs/dao-user/tests/a.ts', '@cnop/dao-user'],
  ['libs/dao-user/tests/a.ts', '../src/user-dao.ts'],
  ['libs/dao-user/tests/a.ts', '@cnop/entities-user/testing'],
  ['libs/dao-user/src/a.ts', '@cnop/entities-user'],
  ['libs/dao-user/src/a.ts', '@cnop/entities-user/table'],
  ['libs/entities-user/src/testing/a.ts', './make-user.ts'],
  ['libs/flow-order/src/a.ts', '@cnop/dao-user'],
  ['tools/demo/src/a.ts', '@cnop/testing'],
  ['tools/demo/src/a.ts', '@cnop/entities-user/testing'],
];
const texts = [...violations, ...[...refused, ...allowed].map(([file, specifier]) => importOf(file, specifier))];
const refusals = new Map<string, Refusal[]>();
const keyOf = ({ file, text }: LintedText) => `${file}\n${text}`;
const refusalsOf = (linted: LintedText) => refusals.get(keyOf(linted)) ?? [];

beforeAll(() => {
  readGraph();
  lintTexts(texts).forEach((each, index) => refusals.set(keyOf(texts[index]!), each));
});

describe('lint', () => {
  it.each<[string, Violation]>(violations.map((violation) => [violation.name, violation]))(
    'refuses %s, by the rule that is for it',
    (_, violation) => {
      const said = refusalsOf(violation).filter(({ rule }) => rule === violation.rule);

      expect(said.map(({ message }) => message).join('\n')).toMatch(violation.message);
    },
  );

  it.each(refused)('refuses in %s an import of %s', (file, specifier, message) => {
    const said = refusalsOf(importOf(file, specifier));

    expect(said.map((refusal) => refusal.message).join('\n')).toMatch(message);
  });

  it.each(allowed)('allows in %s an import of %s', (file, specifier) => {
    expect(refusalsOf(importOf(file, specifier))).toEqual([]);
  });
});
