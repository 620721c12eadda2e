// Sees in a throw-away clone that a change executes what it can reach, and nothing else: `npm run affected:rehearse`.
import { inTemporaryFolder } from '../in-temporary-folder.ts';
import { checkAffected } from './check-affected.ts';

await inTemporaryFolder(checkAffected);
