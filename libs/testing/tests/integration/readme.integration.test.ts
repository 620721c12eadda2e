import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeBackends } from '../support/describe-backends.ts';

const example = join(__dirname, '../../examples/readme.ts');

describeBackends("the README's example", ['embedded'], ({ env }) => {
  it('runs, and ends by itself', async () => {
    const args = ['--no-warnings', '--conditions=@cnop/source', example];

    const { stdout } = await promisify(execFile)(process.execPath, args, { env });

    const [backend, ...calls] = stdout.trimEnd().split('\n');
    expect(backend).toMatch(/^DynamoDB: embedded \(dynoxide, in memory\) at http:\/\/127\.0\.0\.1:\d+$/);
    expect(calls).toEqual([
      'call  target       fault                    carried out',
      '1     CreateTable  none                     yes',
      '2     PutItem      lost response (timeout)  yes',
      '3     PutItem      none                     yes',
    ]);
  });
});
