import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { templatesFor } from './templates.ts';

const usage = `usage: npm run templates -- --prefix prod- [--out DIRECTORY]

Writes the tables with a managed policy for each role, for CloudFormation and for Terraform, the policies alone, and the
variables that name the tables to the services.
  --prefix TEXT      what every physical name starts with
  --out DIRECTORY    where to (default tmp/templates)
`;

try {
  const { values } = parseArgs({
    options: { prefix: { type: 'string' }, out: { type: 'string', default: 'tmp/templates' } },
  });
  if (values.prefix === undefined) throw new Error(usage);

  for (const [name, text] of Object.entries(templatesFor(values.prefix))) {
    const path = join(values.out, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`${path}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
