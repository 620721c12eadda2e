// Known vulnerabilities of what is not for development, as far as the registry offers an audit: `npm run audit`.
import { spawnSync } from 'node:child_process';

const { status, stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev', '--audit-level=high'], {
  encoding: 'utf8',
});
const { message = '' } = JSON.parse(stdout) as { readonly message?: string };
// The statuses by which a registry says that it has no such endpoint. An audit that failed otherwise is no clean one.
const [notOffered] = /\b(404|405|501) [\w ]+/.exec(message) ?? [];

process.stdout.write(
  notOffered ? `The registry offers no audit (${notOffered.trim()}): nothing was checked.\n` : stdout,
);
process.exitCode = notOffered ? 0 : (status ?? 1);
