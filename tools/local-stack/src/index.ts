export type { StackSettings } from './settings.ts';
export { startStack, type RunningStack } from './start-stack.ts';
