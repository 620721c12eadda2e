import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const example = join(__dirname, '../../examples/readme.ts');

describe('the example of the README', () => {
  it('prints what its comments say', async () => {
    const print = jest.spyOn(console, 'log').mockImplementation();
    const promised = [...readFileSync(example, 'utf8').matchAll(/console\.log\(.*\); \/\/ ([^:\n]+)/g)].map(
      ([, text]) => text,
    );

    await import('../../examples/readme.ts');

    const printed = print.mock.calls.map(([value]) => (typeof value === 'bigint' ? `${value}n` : String(value)));
    expect(printed).toEqual(promised);
    expect(promised).not.toHaveLength(0);
    print.mockRestore();
  });
});
