import { timesOutMs } from '@cnop/testing';
import { endGuarded } from '../../src/child-process.ts';
import { startFakeDocker } from '../support/fake-docker.ts';
import { idle, isRunning, startNode, stubborn } from '../support/processes.ts';

describe(endGuarded, () => {
  it('ends a process', async () => {
    const { pid = 0 } = await startNode(idle);

    await endGuarded({ kind: 'process', pid });

    expect(isRunning(pid)).toBe(false);
  });

  it('ends a process that does not obey', async () => {
    const child = await startNode(stubborn);
    const ended = new Promise((resolve) => child.once('exit', resolve));

    await endGuarded({ kind: 'process', pid: child.pid ?? 0 }, timesOutMs);
    await ended;

    expect(child.signalCode).toBe('SIGKILL');
  });

  it('is content when the process is gone already', async () => {
    await expect(endGuarded({ kind: 'process', pid: 2 ** 22 + 1 })).resolves.toBeUndefined();
  });

  it('removes containers, also one that was just being created', async () => {
    const found = [[{ Id: 'first' }], [{ Id: 'late' }]];
    const docker = await startFakeDocker((request) => ({ body: request.startsWith('GET') ? found.shift() : {} }));

    await endGuarded({ kind: 'containers', address: docker.address, label: 'a=b' }, timesOutMs);
    await docker.stop();

    expect(docker.requests.filter((request) => request.startsWith('DELETE'))).toEqual([
      'DELETE /containers/first?force=1&v=1',
      'DELETE /containers/late?force=1&v=1',
    ]);
  });
});
