/** Items of which the first, by their order, is at hand. */
export interface Heap<TItem> {
  readonly size: number;
  push(item: TItem): void;
  first(): TItem | undefined;
  /** Takes the first one out. */
  shift(): TItem | undefined;
  /** All items, in no particular order. */
  items(): readonly TItem[];
  /**
   * The items that meet a condition, in no particular order; it must hold for every item before one for which it holds. Costs no more
   * than three times their number.
   */
  meeting(condition: (item: TItem) => boolean): TItem[];
}

/** Makes an empty heap. @param isBefore - the order of its items. */
export function createHeap<TItem>(isBefore: (one: TItem, other: TItem) => boolean): Heap<TItem> {
  const items: TItem[] = [];
  /** The place below another whose item comes first. */
  const nextBelow = (index: number): number => {
    const [left, right] = [2 * index + 1, 2 * index + 2];
    const [one, other] = [items[left], items[right]];

    return one !== undefined && other !== undefined && isBefore(other, one) ? right : left;
  };

  const sink = (item: TItem) => {
    let index = 0;

    for (;;) {
      const next = nextBelow(index);
      const below = items[next];
      if (below === undefined || !isBefore(below, item)) break;
      items[index] = below;
      index = next;
    }
    items[index] = item;
  };

  return {
    get size() {
      return items.length;
    },
    first: () => items[0],
    items: () => items,
    push: (item) => {
      let index = items.length;

      for (;;) {
        const parent = (index - 1) >> 1;
        const above = items[parent];
        if (above === undefined || !isBefore(item, above)) break;
        items[index] = above;
        index = parent;
      }
      items[index] = item;
    },
    shift: () => {
      const [first] = items;
      const last = items.pop();

      if (last !== undefined && items.length > 0) sink(last);
      return first;
    },
    meeting: (condition) => {
      const found: TItem[] = [];
      const indexes = [0];

      for (let index = indexes.pop(); index !== undefined; index = indexes.pop()) {
        const item = items[index];
        if (item === undefined || !condition(item)) continue;
        found.push(item);
        indexes.push(2 * index + 1, 2 * index + 2);
      }
      return found;
    },
  };
}
