/** What a library may weigh as a tarball, in kilobytes of 1024 bytes; what is larger has a reason to be. */
const defaultBudget = 30;
const budgets: Readonly<Record<string, number>> = {
  'aws-sts': 16,
  'dao-inventory': 16,
  'dao-order': 16,
  'dao-user': 60,
  'database-core': 42,
  'entities-inventory': 17,
  'entities-order': 24,
  'entities-user': 48,
  exceptions: 17,
  'flow-order': 17,
  health: 12,
  'ledger-audit': 42,
  middleware: 60,
  portfolio: 8,
  testing: 58,
  utils: 20,
  validation: 14,
};

/** The budget of a library, by its folder. */
export const sizeBudgetOf = (name: string): number => budgets[name] ?? defaultBudget;

/** What is wrong with the size of a tarball, as sentences. */
export function sizeProblems(name: string, bytes: number): string[] {
  const kilobytes = bytes / 1024;
  const budget = sizeBudgetOf(name);

  return kilobytes <= budget
    ? []
    : [`it weighs ${kilobytes.toFixed(1)} KB, and its budget is ${budget} KB (tools/workspace/src/size-budget.ts)`];
}
