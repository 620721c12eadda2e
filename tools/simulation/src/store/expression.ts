import { isDeepStrictEqual } from 'node:util';
import { NotModelledError, validationError, type RequestBody } from './answer.ts';
import { compare, readItem, sum, type Item, type Value } from './value.ts';

type Test = (item: Item) => boolean;
type Operand = (item: Item) => Value | undefined;

interface Change {
  readonly name: string;
  /** The attribute as it becomes, by the item as it was before. */
  readonly value: Operand;
}

/**
 * The expressions of a request over its names and values: on whole attributes, with the functions that the libraries use.
 *
 * @throws ValidationException, NotModelledError.
 */
export function readExpressions(body: RequestBody) {
  const names = (body['ExpressionAttributeNames'] ?? {}) as Readonly<Record<string, string>>;
  const values = readItem(body['ExpressionAttributeValues'] ?? {});
  const unused = new Set([...Object.keys(names), ...Object.keys(values)]);
  const given = <TGiven>(from: Readonly<Record<string, TGiven>>, key: string): NonNullable<TGiven> => {
    const found = from[key];
    if (found === undefined || found === null) throw validationError(`An expression attribute is not defined: ${key}`);
    unused.delete(key);
    return found;
  };
  const read = <TResult>(text: unknown, part: (reader: Reader) => TResult) => {
    const reader = new Reader(String(text), {
      name: (word) => (word.startsWith('#') ? given(names, word) : word),
      value: (word) => given(values, word),
    });
    const result = part(reader);
    if (!reader.isAtEnd()) throw validationError(`Syntax error in "${String(text)}"`);
    return { result, names: reader.names };
  };

  return {
    /** An item that does not exist has no attributes. Absent, a condition always holds. */
    condition: (text: unknown): { readonly holds: Test; readonly names: ReadonlySet<string> } => {
      if (text === undefined) return { holds: () => true, names: new Set() };
      const { result, names: used } = read(text, (reader) => reader.or());
      return { holds: result, names: used };
    },
    update: (text: unknown) => {
      const changes = read(text, (reader) => reader.changes()).result;
      const changed = new Set(changes.map(({ name }) => name));
      if (changed.size < changes.length) throw validationError('Two document paths overlap with each other');
      const apply = (before: Item): Item => {
        const after = new Map(Object.entries(before));
        for (const { name, value } of changes) {
          const present = value(before);
          if (present === undefined) after.delete(name);
          else after.set(name, present);
        }
        return Object.fromEntries(after);
      };
      return { apply, names: changed };
    },
    projection: (text: unknown) => {
      if (text === undefined) return (item: Item) => item;
      const { result } = read(text, (reader) => reader.list(',', () => reader.name()));
      return (item: Item) => Object.fromEntries(Object.entries(item).filter(([name]) => result.includes(name)));
    },
    /** Refuses names and values that no expression uses. */
    finish: () => {
      if (unused.size > 0) throw validationError(`Value provided but unused in expressions: ${[...unused].join(', ')}`);
    },
  };
}

const word = /<>|<=|>=|[=<>(),]|[#:]?\w+/g;
const comparators: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Both bounds included. */
function isWithin(value: Value | undefined, lowest: Value | undefined, highest: Value | undefined): boolean {
  const [fromLowest, toHighest] = [compare(lowest, value), compare(value, highest)];

  return fromLowest !== undefined && fromLowest <= 0 && toHighest !== undefined && toHighest <= 0;
}

class Reader {
  readonly names = new Set<string>();
  readonly #text: string;
  readonly #words: readonly string[];
  readonly #given: { readonly name: (word: string) => string; readonly value: (word: string) => Value };
  #at = 0;

  constructor(text: string, given: { name: (word: string) => string; value: (word: string) => Value }) {
    if (text.replace(word, '').trim() !== '') throw new NotModelledError(`The expression ${text} is not modelled`);
    this.#text = text;
    this.#words = text.match(word) ?? [];
    this.#given = given;
  }

  or(): Test {
    const parts = this.list('OR', () => this.#and());
    return (item) => parts.some((part) => part(item));
  }

  changes(): Change[] {
    const clauses: Readonly<Record<string, () => Change>> = {
      SET: () => this.#setting(),
      ADD: () => this.#adding(),
      REMOVE: () => ({ name: this.name(), value: () => undefined }),
    };
    const changes: Change[] = [];

    do {
      const read = clauses[this.#next()];
      if (!read) throw new NotModelledError(`The expression ${this.#text} is not modelled`);
      changes.push(...this.list(',', read));
    } while (!this.isAtEnd());
    return changes;
  }

  list<TPart>(separator: string, read: () => TPart): TPart[] {
    const parts = [read()];
    while (this.#take(separator)) parts.push(read());
    return parts;
  }

  name(): string {
    const name = this.#given.name(this.#next());
    this.names.add(name);
    return name;
  }

  isAtEnd(): boolean {
    return this.#at === this.#words.length;
  }

  #and(): Test {
    const parts = this.list('AND', () => this.#primary());
    return (item) => parts.every((part) => part(item));
  }

  #primary(): Test {
    if (this.#take('(')) return this.#closed(() => this.or());

    return this.#words[this.#at + 1] === '(' ? this.#function() : this.#comparison();
  }

  #function(): Test {
    const name = this.#next();
    this.#expect('(');
    const operand = this.#closed(() => this.#operand());

    switch (name) {
      case 'attribute_exists':
        return (item) => operand(item) !== undefined;
      case 'attribute_not_exists':
        return (item) => operand(item) === undefined;
      default:
        throw new NotModelledError(`The function ${name} is not modelled`);
    }
  }

  #comparison(): Test {
    const left = this.#operand();
    const sign = this.#next();

    if (sign === 'IN') {
      this.#expect('(');
      const candidates = this.#closed(() => this.list(',', () => this.#operand()));
      return (item) => candidates.some((candidate) => isEqual(left(item), candidate(item)));
    }
    const right = this.#operand();
    if (sign === 'BETWEEN') {
      this.#expect('AND');
      const highest = this.#operand();
      return (item) => isWithin(left(item), right(item), highest(item));
    }
    if (sign === '=') return (item) => isEqual(left(item), right(item));
    if (sign === '<>') return (item) => !isEqual(left(item), right(item));
    const holds = comparators[sign];
    if (!holds) throw validationError(`Syntax error near "${sign}" in "${this.#text}"`);
    return (item) => {
      const order = compare(left(item), right(item));
      return order !== undefined && holds(order);
    };
  }

  #operand(): Operand {
    if (this.#words[this.#at]?.startsWith(':')) {
      const value = this.#given.value(this.#next());
      return () => value;
    }
    const name = this.name();
    return (item) => item[name];
  }

  #setting(): Change {
    const name = this.name();
    this.#expect('=');
    if (!this.#take('if_not_exists')) return { name, value: this.#operand() };

    this.#expect('(');
    const [present, otherwise] = this.#closed(() => this.list(',', () => this.#operand()));
    return { name, value: (before) => present?.(before) ?? otherwise?.(before) };
  }

  #adding(): Change {
    const name = this.name();
    const value = this.#given.value(this.#next());

    return {
      name,
      value: (before) => {
        const present = before[name] ?? { N: '0' };
        if (!('N' in present && 'N' in value)) throw validationError('Incorrect operand type for operator ADD');
        return { N: sum(present.N, value.N) };
      },
    };
  }

  #closed<TInner>(read: () => TInner): TInner {
    const inner = read();
    this.#expect(')');
    return inner;
  }

  #take(wanted: string): boolean {
    const isNext = this.#words[this.#at]?.toUpperCase() === wanted.toUpperCase();
    if (isNext) this.#at += 1;
    return isNext;
  }

  #expect(wanted: string): void {
    if (!this.#take(wanted)) throw validationError(`Syntax error in "${this.#text}": ${wanted} is missing`);
  }

  #next(): string {
    const next = this.#words[this.#at];
    if (next === undefined) throw validationError(`Syntax error at the end of "${this.#text}"`);
    this.#at += 1;
    return next;
  }
}

/** What is absent is equal to nothing. */
const isEqual = (left: Value | undefined, right: Value | undefined): boolean =>
  left !== undefined && isDeepStrictEqual(left, right);
