import { registerHooks } from 'node:module';
import { readReal, readVirtual, usage } from './arguments.ts';
import type { Report } from './report.ts';

interface Run {
  readonly json: boolean;
  /** Names what is run. */
  readonly title: string;
  readonly report: () => Promise<Report>;
}

function virtualRun(args: readonly string[]): Run | undefined {
  const { from, seeds, processes, json, help } = readVirtual(args);
  if (help) return undefined;
  const report = async () => {
    const standIn = new URL('backend/stand-in-hash.ts', import.meta.url).href;
    registerHooks({ resolve: (name, context, next) => next(name === '@node-rs/argon2' ? standIn : name, context) });
    const { runInProcesses, runSeeds } = await import('./virtual-run.ts');
    const command = [...process.execArgv, process.argv[1] ?? ''];
    return processes === 1
      ? await runSeeds({ from, seeds })
      : await runInProcesses({ from, seeds }, processes, command);
  };
  return { json, report, title: `seeds ${from} to ${from + seeds - 1}` };
}

function realRun(args: readonly string[]): Run | undefined {
  const { json, help, ...options } = readReal(args, process.env);
  if (help) return undefined;
  const report = async () => {
    const { runReal } = await import('./real-run.ts');
    return await runReal({ ...options, progress: (line) => process.stderr.write(`${line}\n`) });
  };
  return { json, report, title: `rounds of seed ${options.seed} with ${options.clients} clients` };
}

async function main(args: readonly string[]): Promise<void> {
  const run = args.includes('--real') ? realRun(args) : virtualRun(args);
  if (!run) {
    process.stdout.write(usage);
    return;
  }
  const began = performance.now();
  const report = await run.report();
  const durationMs = Math.round(performance.now() - began);
  const { printReport } = await import('./report.ts');

  process.stdout.write(`${run.json ? JSON.stringify(report) : printReport(report, run.title, durationMs)}\n`);
  process.exitCode = report.broken.length === 0 ? 0 : 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(error instanceof TypeError ? `${error.message}\n\n${usage}` : `${String(error)}\n`);
  process.exitCode = 1;
}
