// Writes docs/errors.md from the definitions of all packages: `node --conditions=@cnop/source tools/workspace/src/errors-page.ts`.
import { writeFileSync } from 'node:fs';
import { definedErrors } from './defined-errors.ts';
import { errorsPageText } from './errors-page-text.ts';

writeFileSync(new URL('../../../docs/errors.md', import.meta.url), errorsPageText(await definedErrors()));
