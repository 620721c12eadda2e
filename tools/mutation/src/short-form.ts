import type { Group } from './group.ts';

/**
 * Groups that need no DynamoDB are quick: the short form mutates all of them, and of the others the files that matter most. For those of
 * the flow, the tests that place orders are enough.
 */
const central: Readonly<Record<string, Partial<Group>>> = {
  runner: { files: ['libs/database-core/src/database-failure.ts', 'libs/database-core/src/failure-kind.ts'] },
  flow: {
    files: ['libs/flow-order/src/market/settlement.ts'],
    tests: [
      'libs/flow-order/tests/unit/**/!(readme).test.ts',
      'libs/flow-order/tests/integration/place-order.integration.test.ts',
    ],
  },
};

/** What of the groups is mutated where there are only minutes. */
export const shortForm = (groups: readonly Group[]): Group[] =>
  groups
    .filter(({ name, dynamoDb }) => !dynamoDb || name in central)
    .map((group) => ({ ...group, ...central[group.name] }));
