import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Figure } from './report.ts';
import { median, significant } from './statistics.ts';

const run = promisify(execFile);
const base = '@aws-sdk/client-dynamodb';

/** The time of a first `import()` in a fresh process, against that of the SDK's client, and the packed size of each library. */
export async function measureColdStart(rounds: number): Promise<Figure[]> {
  const libraries = (await readdir('libs')).map((name) => `@cnop/${name}`);
  const names = [base, ...libraries];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  const sizes = await packedSizes();

  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) times.get(name)?.push(await importTime(name));
  }
  const baseMs = median(times.get(base) ?? []);

  return names.map((name) => {
    const milliseconds = median(times.get(name) ?? []);
    const packed = sizes.get(name);

    return {
      part: 'cold-start',
      name,
      contender: name === base ? 'aws-sdk' : 'cnop',
      ratio: significant(milliseconds / baseMs),
      values: {
        milliseconds: significant(milliseconds),
        ...(packed !== undefined && { packedKilobytes: significant(packed / 1_000) }),
      },
    };
  });
}

async function importTime(name: string): Promise<number> {
  const script = `const start = performance.now(); await import('${name}'); console.log(performance.now() - start);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);

  return Number(stdout.trim().split('\n').at(-1));
}

interface PackedPackage {
  readonly name: string;
  readonly size: number;
}

async function packedSizes(): Promise<Map<string, number>> {
  const { stdout } = await run('npm', ['pack', '--workspaces', '--dry-run', '--json', '--silent'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const answer = JSON.parse(stdout) as readonly PackedPackage[] | Readonly<Record<string, PackedPackage>>;

  return new Map(Object.values(answer).map(({ name, size }) => [name, size]));
}
