import type { RawItem } from '@cnop/database-core';

/** All items of a query. */
export async function allItems(items: AsyncIterable<RawItem>): Promise<RawItem[]> {
  const found: RawItem[] = [];
  for await (const item of items) found.push(item);

  return found;
}
