import { relative, resolve } from 'node:path';
import { inspect } from 'node:util';
import { startDynamoDb, type RunningDynamoDb } from '@cnop/testing';
import { jestExpect } from '@jest/expect';
import { ModernFakeTimers } from '@jest/fake-timers';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import type { Ignorer } from '@stryker-mutator/api/ignore';
import { commonTokens, declareClassPlugin, declareValuePlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import { useSandboxModules, type SandboxModules } from './sandbox-modules.ts';

/** What the runner is told about the tests of a group, as the member `circus` of Stryker's options. */
export interface RunnerSettings {
  /** The test files, relative to the root of the workspace. Integration tests get a DynamoDB. */
  readonly tests: readonly string[];
  readonly testTimeoutMs: number;
  /** The seed of the property tests. */
  readonly seed: number;
}

/** Which tests to run: all, or those with these ids; and whether to stop at the first failure. */
interface Selection {
  readonly ids?: readonly string[] | undefined;
  /** The mutated file: the tests of its own library run first. */
  readonly mutated?: string;
  readonly bail: boolean;
}

type TestEntry = circus.State['rootDescribeBlock']['tests'][number];

const mocker = new ModuleMocker(globalThis);
const none = /$^/;

/**
 * Runs the tests of a Stryker sandbox in one process with Jest's own runner of tests (Circus), but without Jest's isolation of modules,
 * which loads every module anew for each file and mutant.
 *
 * The id of a test is its file and its full name. The file is listed as a test too: it covers what runs in hooks, which means all of
 * its tests, and it fails when the file cannot be loaded or an error occurs outside of every test.
 */
class CircusTestRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);

  readonly #settings: RunnerSettings;
  readonly #context = instrumenterContext();
  #modules: SandboxModules | undefined;
  #dynamoDb: RunningDynamoDb | undefined;
  #file = '';
  #bail = false;

  constructor(options: StrykerOptions) {
    this.#settings = (options as StrykerOptions & { circus: RunnerSettings }).circus;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    const { tests, seed } = this.#settings;
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
    const hooks = { afterAll, afterEach, beforeAll, beforeEach };
    Object.assign(globalThis, { ...hooks, describe, it, test, expect: jestExpect, jest });

    if (tests.some((file) => file.includes('integration'))) {
      this.#dynamoDb = await startDynamoDb({ env: { ...process.env, CNOP_DYNAMODB: 'embedded' } });
      process.env['DYNAMODB_ENDPOINT'] = this.#dynamoDb.endpoint;
    }
    fc.configureGlobal({ seed });
    circus.addEventHandler((event, state) => {
      if (event.name === 'test_start') this.#context.currentTestId = idOf(this.#file, event.test);
      if (event.name === 'test_skip') this.#context.currentTestId = this.#file;
      if (event.name !== 'test_done') return;
      this.#context.currentTestId = this.#file;
      if (this.#bail && event.test.errors.length > 0) state.testNamePattern = none;
    });
    this.#modules = useSandboxModules(process.cwd());
  }

  async dispose(): Promise<void> {
    await this.#dynamoDb?.stop();
  }

  async dryRun({ coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    const mutantCoverage = { static: {}, perTest: {} };
    this.#context.mutantCoverage = mutantCoverage;
    const tests = await this.#run({ bail: false });

    this.#context.mutantCoverage = undefined;
    return { status: DryRunStatus.Complete, tests, ...(coverageAnalysis !== 'off' && { mutantCoverage }) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter: ids, sandboxFileName, disableBail, hitLimit, reloadEnvironment } = options;
    const hitCount = hitLimit === undefined ? undefined : 0;

    if (reloadEnvironment) this.#modules?.renewSources();
    Object.assign(this.#context, { activeMutant: activeMutant.id, hitLimit, hitCount });
    try {
      const tests = await this.#run({ ids, mutated: relative('.', sandboxFileName), bail: !disableBail });
      const endless = determineHitLimitReached(this.#context.hitCount, hitLimit);
      return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests });
    } finally {
      Object.assign(this.#context, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    }
  }

  async #run({ ids, mutated = '', bail }: Selection): Promise<TestResult[]> {
    const isOwn = (file: string) => file.startsWith(mutated.split('/', 2).join('/'));
    const { tests } = this.#settings;
    const files = [...tests.filter(isOwn), ...tests.filter((file) => !isOwn(file))];
    const results: TestResult[] = [];

    for (const file of files) {
      const own = ids?.filter((id) => id === file || id.startsWith(`${file} `));
      if (own?.length === 0) continue;
      results.push(...(await this.#runFile(file, { ids: own, bail })));
      if (bail && results.some(({ status }) => status === TestStatus.Failed)) break;
    }
    return results;
  }

  async #runFile(file: string, { ids, bail }: Selection): Promise<TestResult[]> {
    const stray: unknown[] = [];
    const onStray = (error: unknown) => void stray.push(error);
    process.on('uncaughtException', onStray).on('unhandledRejection', onStray);
    circus.resetState();
    const state = circus.getState();
    state.testTimeout = this.#settings.testTimeoutMs;
    if (ids && !ids.includes(file)) state.testNamePattern = patternOf(ids.map((id) => id.slice(file.length + 1)));
    [this.#file, this.#bail] = [file, bail];
    const results: TestResult[] = [];

    try {
      // What runs while the file is loaded, runs for all of its tests: Stryker calls that static.
      this.#context.currentTestId = undefined;
      await this.#modules?.importTest(resolve(file));
      this.#context.currentTestId = file;
      const { testResults, unhandledErrors } = await circus.run();
      stray.push(...unhandledErrors);
      for (const { testPath, duration, status, errors } of testResults) {
        const id = [file, ...testPath.slice(1)].join(' ');
        results.push(toResult(id, errors, { status, duration: duration ?? 0 }));
      }
    } catch (error) {
      stray.push(error);
    } finally {
      this.#context.currentTestId = undefined;
      process.off('uncaughtException', onStray).off('unhandledRejection', onStray);
      mocker.restoreAllMocks();
    }
    return [...results, toResult(file, stray)];
  }
}

/** The instrumented code looks for this object once and keeps it: it is filled anew for each mutant, never replaced. */
function instrumenterContext(): InstrumenterContext {
  const holder = globalThis as typeof globalThis & { __stryker__?: InstrumenterContext };

  return (holder.__stryker__ ??= {});
}

function idOf(file: string, test: TestEntry): string {
  const path: string[] = [test.name];
  for (let block = test.parent; block.parent; block = block.parent) path.unshift(block.name);

  return [file, ...path].join(' ');
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

const patternOf = (names: readonly string[]): RegExp => new RegExp(`^(?:${names.map(escaped).join('|')})$`);

function toResult(id: string, [error]: readonly unknown[], ended = { status: 'done', duration: 0 }): TestResult {
  const result = { id, name: id, timeSpentMs: ended.duration };

  if (error === undefined) {
    return { ...result, status: ended.status === 'done' ? TestStatus.Success : TestStatus.Skipped };
  }
  return {
    ...result,
    status: TestStatus.Failed,
    failureMessage: error instanceof Error ? String(error.stack) : inspect(error),
  };
}

/** As much of Babel's path to a node as is read here. */
interface Path {
  readonly node: { readonly type: string; readonly callee?: { readonly name?: string } };
  readonly parentPath?: Path;
  readonly listKey?: string;
}

/**
 * Leaves the messages of plain errors alone: they are for whoever reads a log, and no caller may depend on them. That the error is
 * thrown is tested all the same, and so are codes and details of every DomainError.
 */
const messageIgnorer: Ignorer = {
  shouldIgnore: (path) => {
    const { node, parentPath, listKey } = path as Path;
    const isText = node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
    const isPlainError =
      parentPath?.node.type === 'NewExpression' && /^(?:Range|Type)?Error$/.test(parentPath.node.callee?.name ?? '');

    return isText && listKey === 'arguments' && isPlainError ? 'the message of a plain error' : undefined;
  },
};

/** What Stryker looks for in a module of plugins. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'circus', CircusTestRunner),
  declareValuePlugin(PluginKind.Ignore, 'messages', messageIgnorer),
];

/** Tells Stryker of the option `circus`. */
export const strykerValidationSchema = { properties: { circus: { type: 'object' } } };
