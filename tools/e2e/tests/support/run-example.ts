import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

/** The root of the workspace. */
export const root = join(__dirname, '../../../..');

const run = promisify(execFile);
const config = {
  extends: '../../../../../tsconfig.base.json',
  compilerOptions: { composite: false, declarationMap: false, emitDeclarationOnly: false, noEmit: true },
  include: ['example.ts'],
};

/** Compiles the TypeScript examples of a page as one program and runs it with a DynamoDB of its own. @returns what it printed. */
export async function runExample(page: string): Promise<string> {
  const examples = readFileSync(join(root, page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g);
  const directory = join(__dirname, '../../test-output/examples', basename(page, '.md'));
  const env = { ...process.env, DYNAMODB_ENDPOINT: '' };
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'example.ts'), [...examples].map(([, example]) => example).join('\n'));
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));

  await run(join(root, 'node_modules/.bin/tsc'), ['-p', directory], { env });
  const { stdout } = await run('node', ['--conditions=@cnop/source', 'example.ts'], { cwd: directory, env });
  return stdout;
}
