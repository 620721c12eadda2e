import { commandsOf } from '../../src/documented-commands.ts';
import { runLine } from '../../src/rehearsal.ts';
import { rangeProblems, renewed, withDependents, type Manifest } from '../../src/release-plan.ts';

const manifests: readonly Manifest[] = [
  { folder: 'libs/utils', name: '@x/utils', version: '1.0.0' },
  { folder: 'libs/dao', name: '@x/dao', version: '1.2.0', dependencies: { '@x/utils': '^1.0.0' } },
  { folder: 'libs/flow', name: '@x/flow', version: '2.0.0', peerDependencies: { '@x/dao': '^1.2.0' } },
  { folder: 'libs/health', name: '@x/health', version: '1.0.0', dependencies: { zod: '^4.0.0' } },
];

describe('a release', () => {
  it('reaches those that depend on a package, through others too', () => {
    expect(withDependents('@x/utils', manifests)).toEqual(['@x/dao', '@x/flow', '@x/utils']);
    expect(withDependents('@x/health', manifests)).toEqual(['@x/health']);
  });

  it('renews what has another version', () => {
    const after = manifests.map((each) => (each.name === '@x/dao' ? { ...each, version: '1.2.1' } : each));

    expect(renewed(manifests, after)).toEqual(['@x/dao']);
  });

  it.each(['*', '1.0.0', '^0.9.0', 'workspace:*'])('refuses the range %s between packages', (range) => {
    const wrong = { folder: 'x', name: '@x/wrong', version: '1.0.0', dependencies: { '@x/utils': range } };

    expect(rangeProblems(manifests)).toEqual([]);
    expect(rangeProblems([...manifests, wrong])).toEqual([
      `@x/wrong asks for @x/utils ${range}, whose version is 1.0.0.`,
    ]);
  });
});

describe(commandsOf, () => {
  const page = '\n## A\n```sh\none\n\ntwo\n```\n```ts\nno\n```\n## B\n```sh\nthree\n```\n';

  it('takes the lines of shell, of the page or of one section', () => {
    expect(commandsOf(page)).toEqual(['one', 'two', 'three']);
    expect(commandsOf(page, 'A')).toEqual(['one', 'two']);
    expect(() => commandsOf(page, 'C')).toThrow('no section C');
  });
});

describe(runLine, () => {
  const options = { cwd: __dirname, env: process.env };

  it('throws what a line that fails printed, on both outputs', async () => {
    const stop = new AbortController().signal;

    expect(await runLine('echo one; echo two >&2', options, stop)).toBe('one\n');
    await expect(runLine('echo out; echo err >&2; exit 3', options, stop)).rejects.toThrow(/ended with 3.\nout\nerr/);
  });

  it('ends all that a line has started when it must stop', async () => {
    const stop = new AbortController();
    const running = runLine('sleep 60 & wait', options, stop.signal);
    stop.abort(new Error('enough'));

    await expect(running).rejects.toThrow('enough');
  });
});
