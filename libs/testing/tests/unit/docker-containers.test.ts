import fc from 'fast-check';
import { removeContainers } from '../../src/backends/docker-containers.ts';
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

  it('removes nothing when the answer is no list of containers, whatever it is', async () => {
    let body: unknown;
    const docker = await startFakeDocker(() => ({ body }));
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.record({ Id: fc.oneof(fc.string(), fc.jsonValue()) }), { minLength: 1 }),
      fc.constantFrom('', '../images', 'a/b', 'a?force=1', '%2e').map((Id) => [{ Id: 'one' }, { Id }]),
    );
    const isList = (value: unknown) =>
      Array.isArray(value) && value.every((each: { Id?: unknown } | null) => /^\w+$/.test(String(each?.Id)));

    await fc.assert(
      fc.asyncProperty(
        bodies.filter((value) => !isList(value)),
        async (value) => {
          body = value;

          await expect(removeContainers(docker.address, 'x')).rejects.toThrow('is no list of containers');
        },
      ),
    );
    await docker.stop();

    expect(docker.requests.filter((request) => request.startsWith('DELETE'))).toEqual([]);
  });
});
