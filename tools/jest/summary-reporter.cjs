// Leaves the counts of a Jest run in `<project>/<directory>/summary.json`, so that they survive Nx's cache.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

module.exports = class SummaryReporter {
  constructor(globalConfig, options) {
    this.directory = join(globalConfig.rootDir, options.directory);
  }

  onRunComplete(_contexts, results) {
    mkdirSync(this.directory, { recursive: true });
    const summary = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests,
    };
    writeFileSync(join(this.directory, 'summary.json'), JSON.stringify(summary));
  }
};
