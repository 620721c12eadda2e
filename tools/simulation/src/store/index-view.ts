import type { Item } from './attribute-value.ts';

interface PendingChange {
  readonly id: string;
  readonly item: Item | undefined;
  readonly visibleAt: number;
}

/** What the indexes of a table know: the items as they were some moments ago, each at its own pace. */
export interface IndexView {
  /** Takes note of a change that becomes visible at that time, and never before an earlier change of the same item. */
  change(id: string, item: Item | undefined, visibleAt: number): void;
  /** Every item as the indexes know it at that time. */
  itemsAt(now: number): Iterable<Item>;
}

/** An index view of an empty table. */
export function createIndexView(): IndexView {
  const visible = new Map<string, Item>();
  const latest = new Map<string, number>();
  let pending: PendingChange[] = [];

  const apply = ({ id, item }: PendingChange) => {
    if (item) visible.set(id, item);
    else visible.delete(id);
  };

  return {
    change: (id, item, visibleAt) => {
      const time = Math.max(visibleAt, latest.get(id) ?? 0);
      latest.set(id, time);
      pending.push({ id, item, visibleAt: time });
    },
    itemsAt: (now) => {
      const due = pending.filter(({ visibleAt }) => visibleAt <= now);
      pending = pending.filter(({ visibleAt }) => visibleAt > now);
      // Sorting is stable, so changes of one item stay in their order.
      for (const change of due.toSorted((left, right) => left.visibleAt - right.visibleAt)) apply(change);
      return visible.values();
    },
  };
}
