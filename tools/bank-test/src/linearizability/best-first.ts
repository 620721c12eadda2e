/** Keeps things by their rank, a whole number; of those with the highest rank the last one that came is the first to go. */
export interface BestFirst<TItem> {
  put(item: TItem, rank: number): void;
  take(): TItem | undefined;
}

/** Nothing yet. Ranks below zero are as good as zero. */
export function createBestFirst<TItem>(): BestFirst<TItem> {
  const ranks: TItem[][] = [];

  return {
    put: (item, rank) => {
      const at = Math.max(0, rank);
      while (ranks.length <= at) ranks.push([]);
      ranks[at]?.push(item);
    },
    take: () => {
      while (ranks.at(-1)?.length === 0) ranks.pop();
      return ranks.at(-1)?.pop();
    },
  };
}
