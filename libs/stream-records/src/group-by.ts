/** The elements by their key; keys in the order of their first element, elements in theirs. */
export function groupBy<TElement>(
  elements: readonly TElement[],
  keyOf: (element: TElement) => string,
): Map<string, TElement[]> {
  const groups = new Map<string, TElement[]>();

  for (const element of elements) {
    const key = keyOf(element);
    const group = groups.get(key);

    if (group) group.push(element);
    else groups.set(key, [element]);
  }
  return groups;
}
