export { logIn, openAccount } from './open-account.ts';
export { stackTables, startStack, type RunningStack, type StackTables } from './start-stack.ts';
