import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const runs = 3;

/**
 * How long the first `import()` of a module takes in a process of its own, in milliseconds: the least of three, for what else the
 * machine does only adds to it.
 *
 * @param specifier - as `import` takes it, seen from `folder`.
 */
export async function coldImportMs(specifier: string, folder: string): Promise<number> {
  const code = `const started = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - started); process.exit()`;
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  let least = Number.POSITIVE_INFINITY;

  for (let count = 0; count < runs; count += 1) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, env });
    least = Math.min(least, Number(stdout));
  }
  return least;
}
