import { join } from 'node:path';
import { killPrograms, startProgram, type RunningProgram } from '@cnop/testing';

const main = join(__dirname, '../../src/main.ts');

/** Starts the command of the worker; whatever still runs is killed after the test. */
export const startMain = (env: NodeJS.ProcessEnv): RunningProgram =>
  startProgram(main, { env, execArgv: ['--conditions=@cnop/source'] });

afterEach(killPrograms);
