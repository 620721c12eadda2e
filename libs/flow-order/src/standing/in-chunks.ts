/** What comes one by one, in chunks of a size; the last one may be shorter, none is empty. */
export async function* inChunks<TItem>(items: AsyncIterable<TItem>, size: number): AsyncGenerator<TItem[], void> {
  let chunk: TItem[] = [];

  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
