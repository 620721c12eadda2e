import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeBackends } from '../support/describe-backends.ts';

const example = join(__dirname, '../../examples/readme.ts');

describeBackends("the README's example", ['embedded'], ({ env }) => {
  it('runs, and ends by itself', async () => {
    const args = ['--no-warnings', '--conditions=@cnop/source', example];

    const { stdout } = await promisify(execFile)(process.execPath, args, { env });

    expect(stdout).toMatch(/^DynamoDB: embedded \(dynoxide, in memory\) at http:\/\/127\.0\.0\.1:\d+\n$/);
  });
});
