import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedPackages } from '../../src/rehearsal/published-packages.ts';
import { refusesStrangers, startRegistry, type Registry } from '../../src/rehearsal/registry.ts';

let folder: string;
let registry: Registry;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cnop-registry-'));
  registry = await startRegistry({ folder, upstream: { registry: 'http://127.0.0.1:9/' } });
});

afterAll(async () => {
  await registry.stop();
  rmSync(folder, { recursive: true });
});

const ask = (path: string, init?: RequestInit) => fetch(`${registry.url}${path}`, init);
const token = () => ({ authorization: `Bearer ${registry.token}` });

describe(startRegistry, () => {
  it('shows and takes nothing without a token', async () => {
    expect(await refusesStrangers(registry.url, '@cnop/utils')).toHaveLength(6);
  });

  it('knows whose token it is', async () => {
    const answer = await ask('-/whoami', { headers: token() });

    expect(await answer.json()).toEqual({ username: 'release' });
  });

  it('lets nobody register beside the one user', async () => {
    const answer = await ask('-/user/org.couchdb.user:mallory', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'mallory', password: 'correct horse battery' }),
    });

    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it('takes no package outside the scope, with the token either', async () => {
    const answer = await ask('left-pad', {
      method: 'PUT',
      headers: { ...token(), 'content-type': 'application/json' },
      body: JSON.stringify({ _id: 'left-pad', name: 'left-pad', 'dist-tags': {}, versions: {}, _attachments: {} }),
    });

    expect(answer.status).toBe(403);
  });

  it('asks nobody else for a package of the scope', async () => {
    await expect(publishedPackages(registry, ['@cnop/unheard-of'])).rejects.toThrow('The registry answers 404');
  });
});

describe(refusesStrangers, () => {
  it('throws when a stranger may read', async () => {
    await expect(refusesStrangers(`${registry.url}-/ping/`, 'x')).rejects.toThrow(/^The registry answers a/);
  });
});
