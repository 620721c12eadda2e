import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';

type DescribeBlock = circus.State['rootDescribeBlock'];
type TestEntry = DescribeBlock['tests'][number];

/** What became of one test. */
export interface TestOutcome {
  /** Its full name; a number is added to one that others of the file have too. */
  readonly name: string;
  readonly durationMs: number;
  /** Why it failed; absent when it passed. */
  readonly failure?: string;
}

/** Which tests of a file to run, and who is told about it. */
export interface RunTestFileOptions {
  /** Loads the file, which then defines its tests. */
  readonly load: () => Promise<unknown>;
  readonly testTimeoutMs: number;
  /** Whether to run a test. Default: all. */
  readonly isWanted?: (name: string) => boolean;
  /** Whether to leave out what follows a failure. */
  readonly bail: boolean;
  /** Is told of each test before it starts; of `undefined` before the hooks around the tests. */
  readonly onStart: (name: string | undefined) => void;
}

const mocker = new ModuleMocker(globalThis);

/** Gives the tests what they expect to find: Jest's functions as globals. */
export function provideJestGlobals(): void {
  const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = circus;
  const config = { fakeTimers: {} } as ConstructorParameters<typeof ModernFakeTimers>[0]['config'];
  const timers = new ModernFakeTimers({ config, global: globalThis });
  const jest = {
    fn: mocker.fn.bind(mocker),
    spyOn: mocker.spyOn.bind(mocker),
    useFakeTimers: timers.useFakeTimers.bind(timers),
    useRealTimers: timers.useRealTimers.bind(timers),
    advanceTimersByTimeAsync: timers.advanceTimersByTimeAsync.bind(timers),
  };

  Object.assign(globalThis, {
    afterAll,
    afterEach,
    beforeAll,
    beforeEach,
    describe,
    it,
    test,
    expect: jestExpect,
    jest,
  });
}

/**
 * Runs the tests that a file defines in this very process, with Jest's own runner of tests (Circus), but without its isolation of
 * modules: that is what makes it fast, and what loads the file must see to.
 */
export async function runTestFile(options: RunTestFileOptions): Promise<TestOutcome[]> {
  circus.resetState();
  const state = circus.getState();
  state.testTimeout = options.testTimeoutMs;

  await options.load();
  const names = nameTests(state.rootDescribeBlock);
  prune(state.rootDescribeBlock, (test) => options.isWanted?.(names.get(test) ?? '') ?? true);

  const outcomes = await observed(names, options, () => circus.run());
  mocker.restoreAllMocks();
  return outcomes;
}

async function observed(
  names: ReadonlyMap<TestEntry, string>,
  { bail, onStart }: RunTestFileOptions,
  run: () => Promise<unknown>,
): Promise<TestOutcome[]> {
  const outcomes: TestOutcome[] = [];
  const stray: unknown[] = [];
  const listen: Parameters<typeof circus.addEventHandler>[0] = (event) => {
    if (event.name === 'test_start') {
      if (bail && outcomes.some(({ failure }) => failure !== undefined)) event.test.mode = 'skip';
      onStart(names.get(event.test));
    } else if (event.name === 'test_done') {
      const [error] = event.test.errors as unknown[];
      outcomes.push({
        name: names.get(event.test) ?? '',
        durationMs: event.test.duration ?? 0,
        ...(error !== undefined && { failure: failureText(error) }),
      });
      onStart(undefined);
    }
  };
  const onStray = (error: unknown) => void stray.push(error);

  onStart(undefined);
  circus.addEventHandler(listen);
  process.on('uncaughtException', onStray).on('unhandledRejection', onStray);
  try {
    await run();
  } finally {
    process.off('uncaughtException', onStray).off('unhandledRejection', onStray);
    circus.removeEventHandler(listen);
  }
  return withStrayErrors(outcomes, [...stray, ...(circus.getState().unhandledErrors as unknown[])]);
}

/** What failed outside of every test, in a hook after them or in work that nobody waited for, is counted against the last one. */
function withStrayErrors(outcomes: TestOutcome[], [error]: readonly unknown[]): TestOutcome[] {
  const last = outcomes.at(-1);

  if (error === undefined || last === undefined) return outcomes;
  return [...outcomes.slice(0, -1), { ...last, failure: last.failure ?? failureText(error) }];
}

function nameTests(root: DescribeBlock): Map<TestEntry, string> {
  const names = new Map<TestEntry, string>();
  const timesSeen = new Map<string, number>();

  const visit = (block: DescribeBlock, path: string) => {
    for (const child of block.children) {
      const name = `${path}${child.name}`;
      if (child.type === 'describeBlock') {
        visit(child, `${name} `);
      } else {
        const times = (timesSeen.get(name) ?? 0) + 1;
        timesSeen.set(name, times);
        names.set(child, times === 1 ? name : `${name} (${times})`);
      }
    }
  };

  visit(root, '');
  return names;
}

/** Leaves only the tests that are wanted, and the blocks that have any: the hooks of the others need not run. */
function prune(block: DescribeBlock, isWanted: (test: TestEntry) => boolean): void {
  block.children = block.children.filter((child) => {
    if (child.type === 'test') return isWanted(child);

    prune(child, isWanted);
    return child.children.length > 0;
  });
  if (block.children.length === 0) block.hooks = [];
}

/** Circus keeps an error alone or together with one that tells where the test was defined. */
function failureText(error: unknown): string {
  const [thrown] = Array.isArray(error) ? (error as unknown[]) : [error];

  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
