/** The results of all tasks; of a failure it tells once no task runs any more. */
export async function allSettled<TResult>(tasks: readonly Promise<TResult>[]): Promise<TResult[]> {
  await Promise.allSettled(tasks);

  return await Promise.all(tasks);
}
