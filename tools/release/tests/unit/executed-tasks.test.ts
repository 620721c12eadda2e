import { executedTasks } from '../../src/affected/executed-tasks.ts';

const printed = `
> nx run @cnop/utils:test

\u001b[32m✔\u001b[39m  \u001b[2mnx run\u001b[22m @cnop/utils:test  \u001b[2m[local cache]\u001b[22m
✔  nx run @cnop/dao-user:test
✔  nx run @cnop/dao-user:"test:integration"
✖  nx run @cnop/aws-sts:test
✔  nx run @cnop/health:test  [existing outputs match the cache, left as is]
✔  nx run @cnop/health:build

 NX   Ran target test

Failed tasks:

- @cnop/aws-sts:test
- @cnop/utils:test:integration
`;

describe(executedTasks, () => {
  it('tells what was executed from what was cached, for one target', () => {
    expect(executedTasks(printed, 'test')).toEqual({
      executed: ['aws-sts', 'dao-user'],
      cached: ['health', 'utils'],
      failed: ['aws-sts'],
    });
  });

  it('takes no target for another that begins like it', () => {
    expect(executedTasks(printed, 'test:integration')).toEqual({
      executed: ['dao-user'],
      cached: [],
      failed: ['utils'],
    });
  });
});
