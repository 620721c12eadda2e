import { join } from 'node:path';
import { startProgram, type ProgramEnd } from '@cnop/testing';

const main = join(__dirname, '../../src/main.ts');

/** Runs the command to its end. */
export const runMain = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProgramEnd> =>
  startProgram(main, { args, env: { ...process.env, ...env }, execArgv: ['--conditions=@cnop/source'] }).ended;
