/** The same object without the attributes that are `undefined`: DynamoDB has no such value. */
export function withoutUndefined<TItem extends object>(item: TItem): TItem {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as TItem;
}
