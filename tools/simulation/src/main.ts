import { registerHooks } from 'node:module';
import { readReal, readVirtual, usage } from './arguments.ts';

async function runVirtual({ from, seeds }: ReturnType<typeof readVirtual>) {
  const standIn = new URL('backend/stand-in-hash.ts', import.meta.url).href;
  registerHooks({ resolve: (name, context, next) => next(name === '@node-rs/argon2' ? standIn : name, context) });
  const { runSeeds } = await import('./virtual-run.ts');

  return { title: `seeds ${from} to ${from + seeds - 1}`, report: await runSeeds(from, seeds) };
}

async function runReal(options: ReturnType<typeof readReal>) {
  const { runReal: run } = await import('./real-run.ts');
  const report = await run({ ...options, progress: (line) => process.stderr.write(`${line}\n`) });

  return { title: `rounds of seed ${options.seed} with ${options.clients} clients`, report };
}

async function main(args: readonly string[]): Promise<void> {
  const began = performance.now();
  const asked = args.includes('--real') ? readReal(args, process.env) : readVirtual(args);
  if (asked.help) {
    process.stdout.write(usage);
    return;
  }
  const { title, report } = 'clients' in asked ? await runReal(asked) : await runVirtual(asked);
  const { printReport } = await import('./report.ts');
  const durationMs = Math.round(performance.now() - began);

  process.stdout.write(`${asked.json ? JSON.stringify(report) : printReport(report, title, durationMs)}\n`);
  process.exitCode = report.broken.length === 0 ? 0 : 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(error instanceof TypeError ? `${error.message}\n\n${usage}` : `${String(error)}\n`);
  process.exitCode = 1;
}
