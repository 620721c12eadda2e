import type { Group } from './group.ts';

/** Groups that need no DynamoDB are quick: the short form mutates all of them, and of the others the files that matter most. */
const centralFiles: Readonly<Record<string, readonly string[]>> = {
  runner: ['database-failure.ts', 'failure-kind.ts'],
  flow: ['market-settlement.ts', 'settlement-actions.ts'],
};

/** What of the groups is mutated where there are only minutes. */
export function shortForm(groups: readonly Group[]): Group[] {
  return groups
    .filter(({ name, dynamoDb }) => !dynamoDb || name in centralFiles)
    .map((group) => ({
      ...group,
      files: group.files.filter((file) => {
        const central = centralFiles[group.name];
        return central?.some((name) => file.endsWith(`/${name}`)) ?? true;
      }),
    }));
}
