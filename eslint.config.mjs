import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import * as jsonc from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';

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
const domains = ['user', 'order', 'inventory', 'shared'];

/** The rules of who may import whom. Tests of any layer above ground, and tools, may use the testing layer too. */
function boundaries({ testing }) {
  const tags = (layers) => layers.map((layer) => `layer:${layer}`);

  return {
    '@nx/enforce-module-boundaries': [
      'error',
      {
        allow: [],
        allowCircularSelfDependency: true,
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

export default tseslint.config(
  { ignores: ['**/dist/**', '**/out-tsc/**', '**/test-output/**', '**/node_modules/**', '**/tmp/**', '.nx/**'] },
  {
    files: ['**/*.ts'],
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
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what you export.' },
        { selector: 'TSEnumDeclaration', message: 'Use a const object or a union.' },
      ],
    },
  },
  {
    files: ['**/tests/**/*.ts', '**/examples/**/*.ts'],
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
  prettier,
);
