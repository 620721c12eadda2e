import { registerHooks } from 'node:module';
import { readArguments, usage } from './arguments.ts';

async function runVirtual(from: number, seeds: number) {
  const standIn = new URL('backend/stand-in-hash.ts', import.meta.url).href;
  registerHooks({ resolve: (name, context, next) => next(name === '@node-rs/argon2' ? standIn : name, context) });
  const { runSeeds } = await import('./virtual-run.ts');

  return await runSeeds(from, seeds);
}

async function runReal(seed: number, operations: number) {
  const { runReal: run } = await import('./real-run.ts');
  const env = { ...process.env, CNOP_DYNAMODB: process.env['CNOP_DYNAMODB'] ?? 'embedded' };
  const load = { clients: 16, faultRate: 0.1 };

  return await run({ ...load, seed, operations, env, progress: (line) => process.stderr.write(`${line}\n`) });
}

async function main(args: readonly string[]): Promise<void> {
  const began = performance.now();
  const { real, seed, seeds, operations, json, help } = readArguments(args);
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const report = await (real ? runReal(seed, operations) : runVirtual(seed, seeds));
  const { printReport } = await import('./report.ts');
  const title = real ? `rounds of seed ${seed}` : `seeds ${seed} to ${seed + seeds - 1}`;

  process.stdout.write(`${json ? JSON.stringify(report) : printReport(report, title, performance.now() - began)}\n`);
  process.exitCode = report.broken.length === 0 ? 0 : 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(error instanceof TypeError ? `${error.message}\n\n${usage}` : `${String(error)}\n`);
  process.exitCode = 1;
}
