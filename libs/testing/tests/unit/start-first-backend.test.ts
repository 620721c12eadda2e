import type { DynamoDbBackend } from '../../src/backends/backend.ts';
import { startFirstBackend } from '../../src/start-dynamo-db.ts';

const started = { endpoint: 'http://127.0.0.1:1', description: 'a fake', stop: () => Promise.resolve() };

function fakeBackend(overrides: Partial<DynamoDbBackend>): DynamoDbBackend {
  return {
    name: 'embedded',
    whyUnavailable: () => Promise.resolve(undefined),
    start: () => Promise.resolve(started),
    ...overrides,
  };
}

describe(startFirstBackend, () => {
  it('starts the first backend that is available', async () => {
    const docker = fakeBackend({ name: 'docker', whyUnavailable: () => Promise.resolve('no socket') });
    const embedded = fakeBackend({ name: 'embedded' });
    const java = fakeBackend({ name: 'java' });

    const result = await startFirstBackend([docker, embedded, java], { env: {} });

    expect(result).toEqual({ backend: embedded, started });
  });

  it('asks and starts no backend after the first that starts', async () => {
    const java = fakeBackend({ name: 'java', whyUnavailable: jest.fn(), start: jest.fn() });

    await startFirstBackend([fakeBackend({}), java], { env: {} });

    expect(java.whyUnavailable).not.toHaveBeenCalled();
    expect(java.start).not.toHaveBeenCalled();
  });

  it('passes over a backend that fails to start', async () => {
    const docker = fakeBackend({ name: 'docker', start: () => Promise.reject(new Error('no image')) });

    const { backend } = await startFirstBackend([docker, fakeBackend({})], { env: {} });

    expect(backend.name).toBe('embedded');
  });

  it('hands its options to the backend', async () => {
    const start = jest.fn().mockResolvedValue(started);
    const options = { env: { A: 'b' }, dataDir: 'data' };

    await startFirstBackend([fakeBackend({ start })], options);

    expect(start).toHaveBeenCalledWith(options);
  });

  it('says in one error what was tried and why each failed', async () => {
    const backends = [
      fakeBackend({ name: 'docker', whyUnavailable: () => Promise.reject(new Error('bad DOCKER_HOST')) }),
      fakeBackend({ name: 'embedded', whyUnavailable: () => Promise.resolve('not installed') }),
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- foreign code may do so
      fakeBackend({ name: 'java', start: () => Promise.reject('out of memory') }),
    ];

    await expect(startFirstBackend(backends, { env: {} })).rejects.toThrow(
      'No DynamoDB could be started. Tried:\n  docker: bad DOCKER_HOST\n  embedded: not installed\n  java: out of memory',
    );
  });
});
