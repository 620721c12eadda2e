import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { CircusTestRunner } from './circus-test-runner.ts';
import { sentenceIgnorer } from './sentence-ignorer.ts';

/** What Stryker looks for in a module of plugins. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'circus', CircusTestRunner),
  declareValuePlugin(PluginKind.Ignore, 'sentences', sentenceIgnorer),
];

/** Tells Stryker of the option `circus`. */
export const strykerValidationSchema = { properties: { circus: { type: 'object' } } };
