import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const program = join(__dirname, '../../src/main.ts');

describe('the example of the root README', () => {
  it('stands there as it is run here', () => {
    const readme = readFileSync(join(__dirname, '../../../../README.md'), 'utf8');

    expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]?.trim()).toBe(readFileSync(program, 'utf8').trim());
  });

  it('prints what its comment says', async () => {
    const env = { ...process.env, DYNAMODB_ENDPOINT: '' };

    const { stdout } = await promisify(execFile)('node', ['--conditions=@cnop/source', program], { env });

    expect(stdout).toBe('COMPLETED true 35749 0\n');
  });
});
