import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killPrograms, startProgram } from '@cnop/testing';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnop-program-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const program = (source: string) => {
  const file = join(folder, 'program.cjs');
  writeFileSync(file, source);
  return file;
};

describe(startProgram, () => {
  it('tells what a program prints, and how it ends', async () => {
    const running = startProgram(
      program("console.log('at ' + process.env.PORT); console.error('oh'); process.exitCode = 3;"),
      {
        env: { PORT: '8080' },
      },
    );

    expect((await running.printed(/at (\d+)/))[1]).toBe('8080');
    expect(await running.ended).toEqual({ code: 3, stdout: 'at 8080\n', stderr: 'oh\n' });
    expect((await running.printed(/at (\d+)/))[1]).toBe('8080');
  });

  it('names the signal that ended it', async () => {
    const running = startProgram(program("console.log('here'); setInterval(() => {}, 1_000);"));

    await running.printed(/here/);
    running.kill('SIGKILL');

    expect(await running.ended).toEqual({ code: 'SIGKILL', stdout: 'here\n', stderr: '' });
  });

  it('waits for nothing that cannot come any more', async () => {
    const running = startProgram(program("console.error('no port'); process.exitCode = 1;"));

    await expect(running.printed(/at/)).rejects.toThrow('It ended with 1: no port');
  });

  it('gives Node its own options, and the program its arguments', async () => {
    const source = 'console.log(process.execArgv[0], process.argv.slice(2).join())';
    const running = startProgram(program(source), { args: ['--seed', '7'], execArgv: ['--conditions=x'] });

    expect((await running.ended).stdout).toBe('--conditions=x --seed,7\n');
  });
});

describe(killPrograms, () => {
  it('ends what still runs, and is done when it has ended', async () => {
    const endless = program("console.log('here'); setInterval(() => {}, 1_000);");
    const programs = [startProgram(endless), startProgram(endless)];
    const codes: unknown[] = [];
    for (const { ended } of programs) void ended.then(({ code }) => codes.push(code));
    await Promise.all(programs.map((each) => each.printed(/here/)));

    await killPrograms();

    expect(codes).toEqual(['SIGKILL', 'SIGKILL']);
  });
});
