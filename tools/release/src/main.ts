// Rehearses a release against a private registry: `npm run release:rehearse`.
import { inTemporaryFolder } from './in-temporary-folder.ts';
import { rehearse } from './rehearsal/rehearse.ts';

await inTemporaryFolder(rehearse);
