// Mutates the toy workspace that is the current directory and prints what became of its mutants: a program of its own, because Stryker
// looks at the current directory, and because Jest's runner of tests does not run within itself.
import { runGroup } from '../../src/run-group.ts';

const records = await runGroup({
  name: 'toy',
  title: 'A toy',
  files: ['libs/toy/src/toy.ts'],
  tests: ['libs/toy/tests/*.test.ts'],
  dynamoDb: false,
});

process.stdout.write(`\n${JSON.stringify(records)}\n`);
