/** The line of a fact, of all its parts that are there. */
export const factLine = (...parts: readonly (string | bigint | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ');
