/** The primary key of an item in a table with generic keys. */
export type ItemKey = Readonly<Record<'pk' | 'sk', string>>;

/** An item as DynamoDB's document client reads it: numbers as `number` when small, as `bigint` when large. */
export type RawItem = Readonly<Record<string, unknown>>;

/**
 * What was found in an attribute of the key; for use in a reader's `convert`.
 *
 * @throws a plain Error naming the attribute when nothing was.
 */
export function keyPart<TPart>(attribute: keyof ItemKey, part: TPart | undefined): TPart {
  if (part === undefined) throw malformed(attribute, 'not the key of such an item');

  return part;
}

/** What follows `prefix` in a key; `undefined` when the key does not begin with it, or nothing follows. */
export function afterPrefix(key: string, prefix: string): string | undefined {
  return key.startsWith(prefix) && key.length > prefix.length ? key.slice(prefix.length) : undefined;
}

/** The error that says what is wrong with an attribute, without its value, which may be personal. */
export const malformed = (path: string, problem: string): Error => new Error(`attribute '${path}' is ${problem}`);
