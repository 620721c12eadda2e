import { startStack } from '@cnop/local-stack';

/** What the service answers when it is told to weigh itself, in bytes, after all rubbish has been collected. */
export interface Weight {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

const { gc } = globalThis;
if (!gc) throw new Error('Start this with --expose-gc.');

const stack = await startStack({ port: 0 }, () => undefined);

process.on('message', () => {
  gc();
  gc();
  const { heapUsed: heapBytes, rss: residentBytes } = process.memoryUsage();
  process.send?.({ heapBytes, residentBytes } satisfies Weight);
});
process.on('disconnect', () => {
  void stack.stop().finally(() => process.exit());
});
process.send?.(stack.url);
