import { readArguments, usage, type Asked } from './arguments.ts';
import { runInProcesses } from './seeds/run-in-processes.ts';
import { runSeeds } from './seeds/run-seeds.ts';
import { printSeeds } from './seeds/seeds-report.ts';
import { toMessage } from './to-message.ts';

async function run({ from, seeds, processes, json }: Omit<Asked, 'help'>): Promise<void> {
  const start = performance.now();
  const command = process.argv[1] ?? '';
  const report =
    processes === 1 ? await runSeeds({ from, seeds }) : await runInProcesses({ from, seeds, processes, command });
  const durationMs = Math.round(performance.now() - start);

  process.stdout.write(json ? `${JSON.stringify({ report, durationMs })}\n` : `${printSeeds(report, durationMs)}\n`);
  process.exitCode = report.broken.length === 0 ? 0 : 1;
}

try {
  const { help, ...options } = readArguments(process.argv.slice(2));

  if (help) process.stdout.write(usage);
  else await run(options);
} catch (error) {
  process.stderr.write(error instanceof TypeError ? `${error.message}\n\n${usage}` : `${toMessage(error)}\n`);
  process.exitCode = 1;
}
