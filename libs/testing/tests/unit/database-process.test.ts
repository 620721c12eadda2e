import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabaseProcess } from '../../src/backends/database-process.ts';
import { timesOutMs } from '../../src/eventually.ts';
import { childProcessIds, idle } from '../support/processes.ts';

const serve = `require('http').createServer((_, r) => r.end('hello')).listen(PORT, '127.0.0.1')`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cnop-database-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const startNodeAsDatabase = (program: string, timeoutMs = 60_000) =>
  startDatabaseProcess({
    command: process.execPath,
    args: (port) => ['-e', program.replaceAll('PORT', String(port))],
    env: process.env,
    timeoutMs,
  });

describe(startDatabaseProcess, () => {
  it('waits until the child answers, and ends it', async () => {
    const { endpoint, stop } = await startNodeAsDatabase(serve);
    const answer = await (await fetch(endpoint)).text();
    await stop();

    expect(answer).toBe('hello');
    await expect(fetch(endpoint)).rejects.toThrow();
    expect(childProcessIds()).toEqual([]);
  });

  it('says what the child printed when it ends instead of answering', async () => {
    await expect(startNodeAsDatabase(`console.error('disk full'); process.exit(3)`)).rejects.toThrow(
      /it ended with code 3\. disk full$/,
    );
  });

  it('says which signal ended the child', async () => {
    await expect(startNodeAsDatabase(`process.kill(process.pid, 'SIGKILL')`)).rejects.toThrow('it ended with SIGKILL');
  });

  it('ends a child that stays silent', async () => {
    await expect(startNodeAsDatabase(idle, timesOutMs)).rejects.toThrow(`gave no answer within ${timesOutMs} ms`);
    expect(childProcessIds()).toEqual([]);
  });

  it('says when the command cannot be run', async () => {
    const options = { command: '/nonexistent', args: () => [], env: {}, timeoutMs: 60_000 };

    await expect(startDatabaseProcess(options)).rejects.toThrow('/nonexistent: spawn /nonexistent ENOENT');
  });

  it('takes another port when its first one has been taken meanwhile', async () => {
    const tried = JSON.stringify(join(folder, 'tried'));
    const program = `const fs = require('fs');
      if (fs.existsSync(${tried})) { ${serve}; }
      else { fs.writeFileSync(${tried}, ''); console.error('port PORT is already in use'); process.exitCode = 1; }`;

    const { endpoint, stop } = await startNodeAsDatabase(program);
    const answer = await (await fetch(endpoint)).text();
    await stop();

    expect(answer).toBe('hello');
  });

  it('gives up when every port that it tries has been taken', async () => {
    const program = `console.error('port PORT is already in use'); process.exitCode = 1;`;

    await expect(startNodeAsDatabase(program)).rejects.toThrow(/it ended with code 1\. port \d+ is already in use$/);
  });
});
