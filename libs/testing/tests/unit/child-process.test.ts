import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { timesOutMs } from '@cnop/testing';
import { endChild } from '../../src/child-process.ts';
import { idle, startNode, stubborn } from '../support/processes.ts';

describe(endChild, () => {
  it('waits until the child is gone', async () => {
    const child = await startNode(idle);

    await endChild(child, 'SIGTERM');

    expect(child.signalCode).toBe('SIGTERM');
  });

  it('ends a child that does not obey with SIGKILL', async () => {
    const child = await startNode(stubborn);

    await endChild(child, 'SIGTERM', timesOutMs);

    expect(child.signalCode).toBe('SIGKILL');
  });

  it('does nothing about a child that has ended, or never began', async () => {
    const ended = spawn(process.execPath, ['-e', '']);
    const failed = spawn('/nonexistent');
    await Promise.all([once(ended, 'exit'), once(failed, 'error')]);

    await expect(endChild(ended, 'SIGTERM')).resolves.toBeUndefined();
    await expect(endChild(failed, 'SIGTERM')).resolves.toBeUndefined();
  });
});
