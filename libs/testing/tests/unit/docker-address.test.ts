import { homedir } from 'node:os';
import { findDockerAddress } from '../../src/backends/docker-containers.ts';

describe(findDockerAddress, () => {
  it.each([
    ['unix:///run/my.sock', { socketPath: '/run/my.sock' }],
    ['tcp://10.0.0.1:1234', { host: '10.0.0.1', port: 1234 }],
    ['tcp://docker', { host: 'docker', port: 2375 }],
    ['http://docker:80', { host: 'docker', port: 2375 }],
  ])('takes %s from DOCKER_HOST', (dockerHost, address) => {
    expect(findDockerAddress({ DOCKER_HOST: dockerHost }, () => true)).toEqual(address);
  });

  it.each(['ssh://me@docker', 'docker'])('refuses the DOCKER_HOST %s', (dockerHost) => {
    expect(() => findDockerAddress({ DOCKER_HOST: dockerHost })).toThrow(
      `DOCKER_HOST '${dockerHost}' is neither unix:// nor tcp://`,
    );
  });

  it('takes the first socket that exists', () => {
    const env = { XDG_RUNTIME_DIR: '/run/user/7' };
    const existing = (...paths: string[]) => findDockerAddress(env, (path) => paths.includes(String(path)));

    expect(existing('/var/run/docker.sock', '/run/user/7/docker.sock')).toEqual({ socketPath: '/var/run/docker.sock' });
    expect(existing('/run/user/7/docker.sock')).toEqual({ socketPath: '/run/user/7/docker.sock' });
    expect(existing(`${homedir()}/.docker/run/docker.sock`)).toEqual({
      socketPath: `${homedir()}/.docker/run/docker.sock`,
    });
  });

  it('finds none where no socket exists', () => {
    expect(findDockerAddress({}, () => false)).toBeUndefined();
  });
});
