// Writes docs/errors.md from the catalogue: `node --conditions=@cnop/source tools/workspace/src/errors-page.ts`.
import { writeFileSync } from 'node:fs';
import { errorCatalogue } from '@cnop/exceptions';
import { errorsPageText } from './errors-page-text.ts';

writeFileSync(new URL('../../../docs/errors.md', import.meta.url), errorsPageText(errorCatalogue));
