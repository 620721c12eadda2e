import { endGuarded, type GuardedTarget } from './child-process.ts';

// The guard's own program. Its standard input is a pipe from the guarded process, and closes when that is gone.
process.stdin.once('close', () => {
  void endGuarded(JSON.parse(process.argv[2] ?? '') as GuardedTarget);
});
process.stdin.resume();
