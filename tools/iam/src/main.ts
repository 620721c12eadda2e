// Writes docs/iam/<role>.json for every role: `node --conditions=@cnop/source tools/iam/src/main.ts`.
import { writeFileSync } from 'node:fs';
import { policyOf, roleNames } from './roles.ts';

for (const role of roleNames) {
  const page = new URL(`../../../docs/iam/${role}.json`, import.meta.url);

  writeFileSync(page, `${JSON.stringify(policyOf(role), null, 2)}\n`);
}
