// Known vulnerabilities of what the libraries bring into production, as far as the registry offers an audit.
import { spawnSync } from 'node:child_process';
import { readAudit } from './audit-answer.ts';

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], { encoding: 'utf8' });
const verdict = readAudit(stdout);

if (verdict.kind === 'not offered') {
  process.stdout.write(`The registry offers no audit (${verdict.reason}): nothing was checked.\n`);
} else {
  for (const finding of verdict.severe) process.stderr.write(`${finding}\n`);
  process.stdout.write(`${verdict.severe.length} high or critical vulnerabilities\n`);
  process.exitCode = verdict.severe.length > 0 ? 1 : 0;
}
