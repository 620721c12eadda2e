/** Does the tasks in their order, at most so many at once. @returns the results in the order of the tasks. */
export async function runAll<TResult>(tasks: readonly (() => Promise<TResult>)[], atOnce: number): Promise<TResult[]> {
  const results: TResult[] = [];
  const left = tasks.entries();
  const work = async () => {
    for (const [index, task] of left) results[index] = await task();
  };

  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
