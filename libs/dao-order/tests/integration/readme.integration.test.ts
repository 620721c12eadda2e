import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeAndCancel } from '../../examples/readme.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();

describe('the example of the README', () => {
  it('prints what its comments say', async () => {
    const print = jest.spyOn(console, 'log').mockImplementation();
    const source = readFileSync(join(__dirname, '../../examples/readme.ts'), 'utf8');
    const promised = [...source.matchAll(/console\.log\(.*\); \/\/ ([^:\n]+)/g)].map(([, text]) => text);

    await storeAndCancel(store.database);

    expect(print.mock.calls.map(([value]) => String(value))).toEqual(promised);
    expect(promised).toHaveLength(3);
    print.mockRestore();
  });
});
