export { openAccount, type Account, type OpenAccountOptions } from './open-account.ts';
export type { StackSettings } from './settings.ts';
export { stackTables, startStack, type RunningStack, type StackTables, type StartStackOptions } from './start-stack.ts';
