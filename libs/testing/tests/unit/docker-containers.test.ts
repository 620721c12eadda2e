import { removeContainers } from '../../src/docker-containers.ts';
import { startFakeDocker } from '../support/fake-docker.ts';

describe(removeContainers, () => {
  it('ends and removes the containers with the label, and no other', async () => {
    const docker = await startFakeDocker((request) =>
      request.startsWith('GET') ? { body: [{ Id: 'one' }, { Id: 'two' }] } : { status: 204 },
    );

    await removeContainers(docker.address, 'cnop.dynamodb=x');
    await docker.stop();

    expect(docker.requests).toEqual([
      'GET /containers/json?all=1&filters={"label":["cnop.dynamodb=x"]}',
      'DELETE /containers/one?force=1&v=1',
      'DELETE /containers/two?force=1&v=1',
    ]);
  });

  it('removes nothing where no container has the label', async () => {
    const docker = await startFakeDocker(() => ({ body: [] }));

    await removeContainers(docker.address, 'cnop.dynamodb=x');
    await docker.stop();

    expect(docker.requests).toHaveLength(1);
  });
});
