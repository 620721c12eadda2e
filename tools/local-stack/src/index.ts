export type { StackSettings } from './settings.ts';
export { startStack, type RunningStack, type StartStackOptions } from './start-stack.ts';
