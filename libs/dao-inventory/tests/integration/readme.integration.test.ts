import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listAsset } from '../../examples/readme.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();

describe('the example of the README', () => {
  it('prints what its comments say', async () => {
    const print = jest.spyOn(console, 'log').mockImplementation();
    const source = readFileSync(join(__dirname, '../../examples/readme.ts'), 'utf8');
    const promised = [...source.matchAll(/console\.log\(.*\); \/\/ (.+)/g)].map(([, text]) => text);

    await listAsset(store.database);

    const printed = print.mock.calls.map(([value]) => (typeof value === 'bigint' ? `${value}n` : String(value)));
    expect(printed).toEqual(promised);
    expect(promised).toHaveLength(3);
    print.mockRestore();
  });
});
