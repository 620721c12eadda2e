// Runs the commands of CONTRIBUTING.md, the generators among them, in a throw-away clone: `npm run contributing:rehearse`.
import { inTemporaryFolder } from '../in-temporary-folder.ts';
import { checkContributing } from './check-contributing.ts';

await inTemporaryFolder(checkContributing);
