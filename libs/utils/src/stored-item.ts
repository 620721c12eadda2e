import { toMinor } from './to-minor.ts';

/** The primary key of an item in a table with generic keys. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** An item as DynamoDB's document client reads it: numbers as `number` when small, as `bigint` when large. */
export type RawItem = Readonly<Record<string, unknown>>;

/**
 * Reads the attributes of one stored item, and of the maps within it.
 *
 * Whatever is missing or of another type breaks an invariant of the table, so every method throws a plain `Error` that
 * names the item's kind and the attribute; never its value, which may be personal. Attributes nobody asks for are ignored.
 */
export class StoredItem {
  readonly #kind: string;
  readonly #raw: RawItem;
  readonly #path: string;

  /** @param options - `kind` is what the item is called in an error; `path` the map it was found in, dot included. */
  constructor({ kind, raw, path = '' }: { kind: string; raw: RawItem; path?: string }) {
    this.#kind = kind;
    this.#raw = raw;
    this.#path = path;
  }

  has(attribute: string): boolean {
    return this.#raw[attribute] !== undefined;
  }

  text(attribute: string): string {
    const value = this.#raw[attribute];
    return typeof value === 'string' ? value : this.#fail(attribute);
  }

  optionalText(attribute: string): string | undefined {
    return this.has(attribute) ? this.text(attribute) : undefined;
  }

  flag(attribute: string): boolean {
    const value = this.#raw[attribute];
    return typeof value === 'boolean' ? value : this.#fail(attribute);
  }

  /** An amount in minor units. */
  minor(attribute: string): bigint {
    const value = this.#raw[attribute];
    return typeof value === 'bigint' || Number.isSafeInteger(value)
      ? toMinor(value as number | bigint)
      : this.#fail(attribute);
  }

  /** An amount in minor units that is zero until something is added to it. */
  minorOrZero(attribute: string): bigint {
    return this.has(attribute) ? this.minor(attribute) : 0n;
  }

  /** A small whole number: a scale, a version. */
  integer(attribute: string): number {
    const value = Number(this.minor(attribute));
    return Number.isSafeInteger(value) ? value : this.#fail(attribute);
  }

  optionalInteger(attribute: string): number | undefined {
    return this.has(attribute) ? this.integer(attribute) : undefined;
  }

  oneOf<const TValue extends string>(attribute: string, values: readonly TValue[]): TValue {
    const value = this.#raw[attribute];
    return values.find((allowed) => allowed === value) ?? this.#fail(attribute);
  }

  /** The part of a key that `parse` finds in it. */
  keyPart<TPart>(attribute: keyof ItemKey, parse: (key: string) => TPart | undefined): TPart {
    return parse(this.text(attribute)) ?? this.#fail(attribute);
  }

  map(attribute: string): StoredItem {
    return this.#nested(attribute, this.#raw[attribute]);
  }

  maps(attribute: string): StoredItem[] {
    const value: unknown = this.#raw[attribute];
    return Array.isArray(value)
      ? value.map((element: unknown, index) => this.#nested(`${attribute}[${index}]`, element))
      : this.#fail(attribute);
  }

  #nested(attribute: string, value: unknown): StoredItem {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new StoredItem({ kind: this.#kind, raw: value as RawItem, path: `${this.#path}${attribute}.` })
      : this.#fail(attribute);
  }

  #fail(attribute: string): never {
    throw new Error(`Malformed ${this.#kind} item: attribute ${this.#path}${attribute}.`);
  }
}

/** What follows `prefix` in a key; `undefined` when the key does not begin with it, or nothing follows. */
export function afterPrefix(key: string, prefix: string): string | undefined {
  return key.startsWith(prefix) && key.length > prefix.length ? key.slice(prefix.length) : undefined;
}
