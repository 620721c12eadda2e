import { testcontainersEnvironment } from '../../src/backends/docker.ts';
import { startFakeDocker } from '../support/fake-docker.ts';

const machine = { isContainer: true, hostname: 'here' };

async function environment(daemonName: string, env: NodeJS.ProcessEnv, where = machine) {
  const docker = await startFakeDocker(() => ({ body: { Name: daemonName } }));

  try {
    return await testcontainersEnvironment(env, docker.address, where);
  } finally {
    await docker.stop();
  }
}

describe(testcontainersEnvironment, () => {
  it('looks on the loopback interface when the daemon runs beside us in the same container', async () => {
    expect(await environment('here', {})).toEqual({
      TESTCONTAINERS_RYUK_DISABLED: 'true',
      TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
    });
  });

  it("leaves the host to Testcontainers when the daemon is the host's", async () => {
    expect(await environment('elsewhere', {})).toEqual({ TESTCONTAINERS_RYUK_DISABLED: 'true' });
  });

  it('leaves the host to Testcontainers outside of a container', async () => {
    expect(await environment('here', {}, { ...machine, isContainer: false })).not.toHaveProperty(
      'TESTCONTAINERS_HOST_OVERRIDE',
    );
  });

  it('leaves the host to Testcontainers when the daemon is reached by TCP', async () => {
    const settings = await testcontainersEnvironment({}, { host: 'docker', port: 2375 }, machine);

    expect(settings).not.toHaveProperty('TESTCONTAINERS_HOST_OVERRIDE');
  });

  it('leaves settings alone that are there already', async () => {
    const env = { TESTCONTAINERS_RYUK_DISABLED: 'false', TESTCONTAINERS_HOST_OVERRIDE: 'docker' };

    expect(await environment('here', env)).toEqual({});
  });
});
