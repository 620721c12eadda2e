// Writes docs/http-api.md: `npm run docs`.
import { writeFile } from 'node:fs/promises';
import { httpApiPage } from './page.ts';

await writeFile(new URL('../../../../docs/http-api.md', import.meta.url), await httpApiPage());
