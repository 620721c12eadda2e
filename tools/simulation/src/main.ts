import { registerHooks } from 'node:module';
import { readArguments, usage } from './arguments.ts';
import type { Report } from './report.ts';

type Asked = ReturnType<typeof readArguments>;

/** Passwords are nobody's business here. */
function skipHashing(): void {
  const standIn = new URL('backend/stand-in-hash.ts', import.meta.url).href;
  registerHooks({ resolve: (name, context, next) => next(name === '@node-rs/argon2' ? standIn : name, context) });
}

const real = () => ({
  env: { ...process.env, CNOP_DYNAMODB: process.env['CNOP_DYNAMODB'] ?? 'embedded' },
  progress: (line: string) => process.stderr.write(`${line}\n`),
});

const forms: Readonly<Record<Asked['form'], (asked: Asked) => Promise<Report>>> = {
  virtual: async ({ seed, seeds }) => {
    skipHashing();
    const { runSeeds } = await import('./virtual-run.ts');
    return await runSeeds(seed, seeds);
  },
  real: async ({ seed, operations }) => {
    const { runReal } = await import('./real-run.ts');
    return await runReal({ ...real(), seed, operations, clients: 16, faultRate: 0.1 });
  },
  kill: async ({ seed, ticks, orders }) => {
    const { runKilled } = await import('./killed/killed-run.ts');
    return await runKilled({ ...real(), seed, ticks, orders, crews: [1, 3] });
  },
};

async function main(args: readonly string[]): Promise<void> {
  const began = performance.now();
  const asked = readArguments(args);
  const { form, seed, seeds, json, help } = asked;
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const report = await forms[form](asked);
  const { printReport } = await import('./report.ts');
  const title = {
    virtual: `seeds ${seed} to ${seed + seeds - 1}`,
    real: `rounds of seed ${seed}`,
    kill: `crews of seed ${seed}`,
  }[form];

  process.stdout.write(`${json ? JSON.stringify(report) : printReport(report, title, performance.now() - began)}\n`);
  process.exitCode = report.broken.length === 0 ? 0 : 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(error instanceof TypeError ? `${error.message}\n\n${usage}` : `${String(error)}\n`);
  process.exitCode = 1;
}
