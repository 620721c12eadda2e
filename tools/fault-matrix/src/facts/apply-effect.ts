/**
 * These lines after an effect: without what it takes away (`- …`), with what it adds (`+ …`). `undefined` where something is not
 * there to be taken away.
 */
export function applyEffect(lines: readonly string[], effect: readonly string[]): string[] | undefined {
  const left = [...lines];

  for (const change of effect) {
    const line = change.slice(2);
    if (change.startsWith('+ ')) {
      left.push(line);
      continue;
    }
    const at = left.indexOf(line);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return left.toSorted();
}

/** What is in one list of lines and not in the other, as an effect is written. */
export function differenceOf(before: readonly string[], after: readonly string[]): string[] {
  return [...without(before, after).map((line) => `- ${line}`), ...without(after, before).map((line) => `+ ${line}`)];
}

function without(lines: readonly string[], taken: readonly string[]): string[] {
  const left = [...lines];

  for (const line of taken) {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}
