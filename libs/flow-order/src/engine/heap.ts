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
  const precedes = (index: number, other: number): boolean => {
    const [one, two] = [items[index], items[other]];
    return one !== undefined && two !== undefined && isBefore(one, two);
  };
  const swap = (index: number, other: number) => {
    const [one, two] = [items[index], items[other]];
    if (one !== undefined && two !== undefined) [items[index], items[other]] = [two, one];
  };

  const sink = () => {
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const smaller = precedes(right, left) ? right : left;
      if (!precedes(smaller, index)) return;
      swap(smaller, index);
      index = smaller;
    }
  };

  return {
    get size() {
      return items.length;
    },
    first: () => items[0],
    items: () => items,
    push: (item) => {
      items.push(item);
      for (let index = items.length - 1; index > 0;) {
        const parent = (index - 1) >> 1;
        if (!precedes(index, parent)) return;
        swap(index, parent);
        index = parent;
      }
    },
    shift: () => {
      const [first] = items;
      const last = items.pop();
      if (last !== undefined && items.length > 0) {
        items[0] = last;
        sink();
      }
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
