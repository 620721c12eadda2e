import { relative, resolve } from 'node:path';
import { globSync } from 'node:fs';
import { startDynamoDb, type RunningDynamoDb } from '@cnop/testing';
import type { CoverageAnalysis, InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, tokens } from '@stryker-mutator/api/plugin';
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
import { hooksId, shareHookCoverage } from './mutant-coverage.ts';
import type { RunnerOptions } from './runner-options.ts';
import { provideJestGlobals, runTestFile, type TestOutcome } from './run-test-file.ts';
import { useSandboxModules, type SandboxModules } from './sandbox-modules.ts';

interface TestSelection {
  readonly files: readonly string[];
  readonly testIds?: ReadonlySet<string>;
  readonly bail: boolean;
}

/** Runs the tests of a Stryker sandbox with Jest's runner of tests in one process; see `runTestFile`. */
export class CircusTestRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);

  readonly #options: RunnerOptions;
  readonly #context: InstrumenterContext;
  #modules: SandboxModules | undefined;
  #dynamoDb: RunningDynamoDb | undefined;

  constructor(options: StrykerOptions) {
    this.#options = (options as StrykerOptions & { circus: RunnerOptions }).circus;
    this.#context = instrumenterContext();
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    if (this.#options.dynamoDb) {
      this.#dynamoDb = await startDynamoDb({ env: { ...process.env, CNOP_DYNAMODB: 'embedded' } });
      process.env['DYNAMODB_ENDPOINT'] = this.#dynamoDb.endpoint;
    }
    // The same examples for every mutant: a survivor then survives the next time too.
    fc.configureGlobal({ seed: this.#options.seed });
    provideJestGlobals();
    this.#modules = useSandboxModules(process.cwd());
  }

  async dispose(): Promise<void> {
    await this.#dynamoDb?.stop();
  }

  async dryRun({ coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    this.#context.mutantCoverage = { static: {}, perTest: {} };
    const tests = await this.#run({ files: this.#testFiles(), bail: false });

    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#coverage(coverageAnalysis) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter, sandboxFileName, disableBail, hitLimit, reloadEnvironment } = options;

    if (reloadEnvironment) this.#modules?.renewSources();
    Object.assign(this.#context, {
      activeMutant: activeMutant.id,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
    });
    try {
      const tests = await this.#run({
        files: testFilter ? filesOf(testFilter) : this.#testFilesThatImport(sandboxFileName),
        ...(testFilter && { testIds: new Set(testFilter) }),
        bail: !disableBail,
      });
      const { hitCount } = this.#context;
      return toMutantRunResult(
        determineHitLimitReached(hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests },
      );
    } finally {
      Object.assign(this.#context, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    }
  }

  async #run({ files, testIds, bail }: TestSelection): Promise<TestResult[]> {
    const results: TestResult[] = [];

    for (const file of files) {
      const outcomes = await this.#runFile(file, { testIds, bail });
      results.push(...outcomes.map((outcome) => toTestResult(file, outcome)));
      if (bail && outcomes.some(({ failure }) => failure !== undefined)) break;
    }
    return results;
  }

  async #runFile(file: string, { testIds, bail }: Omit<TestSelection, 'files'>): Promise<TestOutcome[]> {
    const { mutantCoverage } = this.#context;
    // What runs while the file is loaded, runs for all of its tests: Stryker calls that static.
    this.#context.currentTestId = undefined;

    try {
      const outcomes = await runTestFile({
        load: async () => this.#modules?.importTest(resolve(file)),
        testTimeoutMs: this.#options.testTimeoutMs,
        isWanted: (name) => testIds?.has(idOf(file, name)) ?? true,
        bail,
        onStart: (name) => (this.#context.currentTestId = name === undefined ? hooksId(file) : idOf(file, name)),
      });
      if (mutantCoverage)
        shareHookCoverage(
          mutantCoverage,
          file,
          outcomes.map(({ name }) => idOf(file, name)),
        );
      return outcomes;
    } catch (error) {
      return [
        {
          name: 'loads',
          durationMs: 0,
          failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
        },
      ];
    } finally {
      this.#context.currentTestId = undefined;
    }
  }

  #coverage(analysis: CoverageAnalysis) {
    const { mutantCoverage } = this.#context;

    this.#context.mutantCoverage = undefined;
    return analysis === 'off' ? undefined : mutantCoverage;
  }

  #testFiles(): string[] {
    return this.#options.tests.flatMap((pattern) => globSync(pattern).sort());
  }

  #testFilesThatImport(sandboxFileName: string): string[] {
    return this.#testFiles().filter((file) => this.#modules?.mayImport(resolve(file), sandboxFileName));
  }
}

/** The instrumented code looks for this object once and keeps it: it is filled anew for each mutant, never replaced. */
function instrumenterContext(): InstrumenterContext {
  const holder = globalThis as typeof globalThis & { __stryker__?: InstrumenterContext };

  return (holder.__stryker__ ??= {});
}

const idOf = (file: string, name: string): string => `${file}: ${name}`;

const filesOf = (testIds: readonly string[]): string[] => [
  ...new Set(testIds.map((testId) => testId.slice(0, testId.indexOf(': ')))),
];

function toTestResult(file: string, { name, durationMs, failure }: TestOutcome): TestResult {
  const result = { id: idOf(file, name), name, timeSpentMs: durationMs, fileName: relative('.', file) };

  return failure === undefined
    ? { ...result, status: TestStatus.Success }
    : { ...result, status: TestStatus.Failed, failureMessage: failure };
}
