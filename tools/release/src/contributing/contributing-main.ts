// Runs the commands of CONTRIBUTING.md, the generators among them, in a throw-away clone: `npm run contributing:rehearse`. With `--whole`,
// the check of everything too, as before a commit.
import { parseArgs } from 'node:util';
import { inTemporaryFolder } from '../in-temporary-folder.ts';
import { checkContributing } from './check-contributing.ts';

const { values } = parseArgs({ options: { whole: { type: 'boolean', default: false } } });

await inTemporaryFolder((surroundings) => checkContributing(surroundings, values));
