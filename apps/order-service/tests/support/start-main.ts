import { join } from 'node:path';
import { startProgram, type RunningProgram } from '@cnop/testing';

const main = join(__dirname, '../../src/main.ts');
const running = new Set<RunningProgram>();

/** Starts the command of the service; whatever still runs is killed after the test. */
export function startMain(env: NodeJS.ProcessEnv): RunningProgram {
  const program = startProgram(main, { env, execArgv: ['--conditions=@cnop/source'] });

  running.add(program);
  void program.ended.then(() => running.delete(program));
  return program;
}

afterEach(() => {
  for (const program of running) program.kill('SIGKILL');
});
