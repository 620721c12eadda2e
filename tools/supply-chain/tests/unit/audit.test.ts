import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('the audit', () => {
  it.each([
    [0, 'npm finds nothing', 'exit 0'],
    [1, 'npm finds a severe vulnerability', 'exit 1'],
    [0, 'the registry offers none', '405 Method Not Allowed - POST https://x/'],
    [1, 'it could not be made', '500 Internal Server Error - POST https://x/'],
  ])('ends with %i when %s', (expected, _title, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'npm-'));
    writeFileSync(
      join(folder, 'npm'),
      `#!/bin/sh\necho '${JSON.stringify({ message })}'; [ '${message}' = 'exit 0' ]\n`,
      {
        mode: 0o755,
      },
    );

    const audit = [join(__dirname, '../../src/audit.ts')];
    const { status } = spawnSync(process.execPath, audit, { env: { NODE_ENV: 'test', PATH: folder } });

    rmSync(folder, { recursive: true });
    expect(status).toBe(expected);
  });
});
