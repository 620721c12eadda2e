/** What the generated sources of an entities library import. */
export const entitiesDependencies = [
  '@cnop/exceptions',
  '@cnop/stored-items',
  '@cnop/utils',
  '@cnop/validation',
  'dynamodb-toolbox',
  'zod',
] as const;

/** What the generated sources of a DAO library import. */
export const daoDependencies = (domain: string): readonly string[] => [
  '@cnop/database-core',
  `@cnop/entities-${domain}`,
  '@cnop/exceptions',
  '@cnop/validation',
  'dynamodb-toolbox',
  'zod',
];
