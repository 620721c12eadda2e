import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import * as jsonc from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';
import { domainsOf, madeForTests, pastExports } from './tools/lint/packages.mjs';

const workspaceRoot = import.meta.dirname;

const layerOrder = [
  { layer: 'app', uses: ['edge', 'flow', 'dao', 'entities', 'platform', 'ground'] },
  { layer: 'edge', uses: ['platform', 'ground'] },
  { layer: 'flow', uses: ['dao', 'entities', 'platform', 'ground'] },
  { layer: 'dao', uses: ['entities', 'platform', 'ground'] },
  { layer: 'entities', uses: ['ground'] },
  { layer: 'platform', uses: ['platform', 'ground'] },
  { layer: 'testing', uses: ['ground'] },
  { layer: 'ground', uses: ['ground'] },
];
// A project that is tagged with a new domain is held to it without being named here; `any` may use every domain.
const domains = domainsOf(workspaceRoot).filter((domain) => domain !== 'any');

/**
 * The rules of who may import whom. Tests of any layer above ground, and tools, may use the testing layer too; tests import
 * their own package by its name.
 */
function boundaries({ testing }) {
  const tags = (layers) => layers.map((layer) => `layer:${layer}`);

  return {
    '@nx/enforce-module-boundaries': [
      'error',
      {
        allow: [],
        allowCircularSelfDependency: testing,
        banTransitiveDependencies: true,
        enforceBuildableLibDependency: true,
        depConstraints: [
          ...layerOrder.map(({ layer, uses }) => ({
            sourceTag: `layer:${layer}`,
            onlyDependOnLibsWithTags: tags(testing && layer !== 'ground' ? [...uses, 'testing'] : uses),
          })),
          { sourceTag: 'layer:tool', onlyDependOnLibsWithTags: ['*'] },
          ...domains.map((domain) => ({
            sourceTag: `domain:${domain}`,
            onlyDependOnLibsWithTags: [`domain:${domain}`, 'domain:shared'],
          })),
          { sourceTag: 'domain:any', onlyDependOnLibsWithTags: ['*'] },
        ],
      },
    ],
  };
}

/** Refuses imports by their specifier, whichever way they are written, and other imports and syntax. */
function refusedImports(refused, { paths = [], syntax = [] } = {}) {
  return {
    'no-restricted-imports': ['error', { paths, patterns: refused.map(({ regex, message }) => ({ regex, message })) }],
    'no-restricted-syntax': [
      'error',
      { selector: 'ExportAllDeclaration', message: 'Name what you export.' },
      { selector: 'TSEnumDeclaration', message: 'Use a const object or a union.' },
      {
        selector: 'ImportDeclaration[source.value="zod"] > :matches(ImportDefaultSpecifier, [imported.name="z"])',
        message: "Write `import * as z from 'zod'`: from `z` itself a bundler takes every locale too.",
      },
      ...syntax,
      ...refused.map(({ regex, message }) => ({ selector: `ImportExpression > Literal[value=/${regex}/]`, message })),
    ],
  };
}

const onlyEntryPoints = { regex: pastExports(workspaceRoot), message: 'Import what the package exports.' };
const onlyForTests = { regex: madeForTests, message: 'What is made for tests is not used in production.' };

const onlySteps =
  'A test counts steps, moves a clock or awaits an event: time depends on the machine. See `eventually`.';
/** What would make a test depend on how busy the machine is: reading its time, waiting for a time, a short time-out that is no constant. */
const machineTime = {
  paths: [
    ['node:timers/promises', ['setTimeout', 'setInterval', 'scheduler']],
    ['node:timers', ['setTimeout', 'setInterval']],
    ['node:perf_hooks', ['performance']],
    ['@cnop/utils', ['sleep']],
  ].map(([name, importNames]) => ({ name, importNames, message: onlySteps })),
  syntax: [
    'CallExpression[callee.name="setTimeout"]',
    'MemberExpression[object.name="performance"][property.name="now"]',
    'MemberExpression[object.name="process"][property.name="hrtime"]',
    'MemberExpression[object.name="Date"][property.name="now"]',
    'MemberExpression[object.name="AbortSignal"][property.name="timeout"]',
    'Property[key.name=/^(timeout|grace|window|stopWithin)Ms$/][value.value>=3][value.value<10000]',
  ].map((selector) => ({ selector, message: onlySteps })),
};

/** A dependency that a published package must not have, in that section of its manifest. */
const refusedDependency = (section, name, message) => ({
  selector: `JSONProperty[key.value="${section}"] > JSONObjectExpression > JSONProperty[key.value=${name}]`,
  message,
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/out-tsc/**', '**/test-output/**', '**/node_modules/**', '**/tmp/**', '.nx/**'] },
  {
    files: ['**/*.{ts,mts,cts}'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { '@nx': nx },
    rules: {
      ...boundaries({ testing: false }),
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: 'error',
      'max-params': ['error', 3],
      'no-console': 'error',
      ...refusedImports([onlyEntryPoints]),
    },
  },
  {
    basePath: workspaceRoot,
    files: ['{libs,apps}/*/src/**/*.{ts,mts,cts}'],
    ignores: ['*/*/src/testing/**'],
    rules: refusedImports([onlyEntryPoints, onlyForTests]),
  },
  {
    basePath: workspaceRoot,
    files: ['*/*/{tests,examples}/**/*.{ts,mts,cts}'],
    rules: {
      ...boundaries({ testing: true }),
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'off',
    },
  },
  {
    basePath: workspaceRoot,
    files: ['*/*/tests/**/*.{ts,mts,cts}'],
    rules: refusedImports([onlyEntryPoints], machineTime),
  },
  {
    files: ['**/package.json'],
    plugins: { '@nx': nx },
    languageOptions: { parser: jsonc },
    rules: {
      '@nx/dependency-checks': [
        'error',
        {
          ignoredFiles: [
            '{projectRoot}/eslint.config.mjs',
            '{projectRoot}/jest.*.cjs',
            '{projectRoot}/tests/**/*',
            '{projectRoot}/examples/**/*',
          ],
        },
      ],
    },
  },
  {
    basePath: workspaceRoot,
    files: ['libs/*/package.json'],
    rules: {
      'no-restricted-syntax': [
        'error',
        refusedDependency(
          'dependencies',
          '/^(@aws-sdk.client-|ioredis$)/',
          'A client is a peer: an application has one.',
        ),
        refusedDependency(
          'dependencies',
          '/^(@aws-sdk.(client|lib)-|ioredis$)/',
          'A client is a peer: an application has one.',
        ),
      ],
    },
  },
  prettier,
);
