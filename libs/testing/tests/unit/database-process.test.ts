import { startDatabaseProcess } from '../../src/database-process.ts';
import { findFreePort } from '../../src/free-port.ts';
import { childProcessIds, idle } from '../support/processes.ts';

async function startNodeAsDatabase(program: string, timeoutMs = 10_000) {
  const port = await findFreePort();
  const args = ['-e', program.replaceAll('PORT', String(port))];

  return startDatabaseProcess({ command: process.execPath, args, env: process.env, port, timeoutMs });
}

describe(startDatabaseProcess, () => {
  it('waits until the child answers, and ends it', async () => {
    const program = `require('http').createServer((_, r) => r.end('hello')).listen(PORT, '127.0.0.1')`;

    const { endpoint, stop } = await startNodeAsDatabase(program);
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
    await expect(startNodeAsDatabase(idle, 200)).rejects.toThrow('gave no answer within 200 ms');
    expect(childProcessIds()).toEqual([]);
  });

  it('says when the command cannot be run', async () => {
    const options = { command: '/nonexistent', args: [], env: {}, port: await findFreePort(), timeoutMs: 1_000 };

    await expect(startDatabaseProcess(options)).rejects.toThrow('/nonexistent: spawn /nonexistent ENOENT');
  });
});
