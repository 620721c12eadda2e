import { isDeepStrictEqual } from 'node:util';
import { NotModelledError, validationError, type RequestBody } from './answer.ts';
import { compare, readItem, sum, type Item, type Value } from './value.ts';

/** An expression that holds for an item or not; an item that does not exist has no attributes. */
export interface Condition {
  readonly holds: (item: Item) => boolean;
  readonly names: ReadonlySet<string>;
}

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
  const open = (text: unknown) =>
    new Reader(String(text), {
      name: (word) => (word.startsWith('#') ? given(names, word) : word),
      value: (word) => given(values, word),
    });

  return {
    /** Absent, it always holds. */
    condition: (text: unknown): Condition => {
      if (text === undefined) return { holds: () => true, names: new Set() };
      const reader = open(text);
      const holds = reader.or();
      reader.end();
      return { holds, names: reader.names };
    },
    update: (text: unknown) => {
      const changes = open(text).changes();
      const names = new Set(changes.map(({ name }) => name));
      if (names.size < changes.length) throw validationError('Two document paths overlap with each other');
      const apply = (before: Item): Item => {
        const after = new Map(Object.entries(before));
        for (const { name, value } of changes) {
          const next = value(before);
          if (next) after.set(name, next);
          else after.delete(name);
        }
        return Object.fromEntries(after);
      };
      return { apply, names };
    },
    projection: (text: unknown) => {
      if (text === undefined) return (item: Item) => item;
      const reader = open(text);
      do reader.name();
      while (reader.take(','));
      reader.end();
      return (item: Item) => Object.fromEntries(Object.entries(item).filter(([name]) => reader.names.has(name)));
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
    const parts = [this.#and()];
    while (this.take('OR')) parts.push(this.#and());
    return (item) => parts.some((part) => part(item));
  }

  #and(): Test {
    const parts = [this.#primary()];
    while (this.take('AND')) parts.push(this.#primary());
    return (item) => parts.every((part) => part(item));
  }

  #primary(): Test {
    if (this.take('NOT')) {
      const inner = this.#primary();
      return (item) => !inner(item);
    }
    if (this.take('(')) {
      const inner = this.or();
      this.#expect(')');
      return inner;
    }
    return this.#words[this.#at + 1] === '(' ? this.#function() : this.#comparison();
  }

  #function(): Test {
    const name = this.#next();
    this.#expect('(');
    const operand = this.#operand();
    const argument = this.take(',') ? this.#operand() : undefined;
    this.#expect(')');

    switch (name) {
      case 'attribute_exists':
        return (item) => operand(item) !== undefined;
      case 'attribute_not_exists':
        return (item) => operand(item) === undefined;
      case 'begins_with':
        return (item) => beginsWith(operand(item), argument?.(item));
      default:
        throw new NotModelledError(`The function ${name} is not modelled`);
    }
  }

  #comparison(): Test {
    const left = this.#operand();
    const sign = this.#next();

    if (sign === 'IN') {
      this.#expect('(');
      const candidates = [this.#operand()];
      while (this.take(',')) candidates.push(this.#operand());
      this.#expect(')');
      return (item) => candidates.some((candidate) => isEqual(left(item), candidate(item)));
    }
    const right = this.#operand();
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

  changes(): Change[] {
    const changes: Change[] = [];
    const clauses = {
      SET: () => this.#setting(),
      ADD: () => this.#adding(),
      REMOVE: () => ({ name: this.name(), value: () => undefined }),
    };

    do {
      const read = clauses[this.#next() as keyof typeof clauses] as (() => Change) | undefined;
      if (!read) throw new NotModelledError(`The expression ${this.#text} is not modelled`);
      do changes.push(read());
      while (this.take(','));
    } while (this.#at < this.#words.length);
    return changes;
  }

  #setting(): Change {
    const name = this.name();
    this.#expect('=');
    if (!this.take('if_not_exists')) {
      const value = this.#given.value(this.#next());
      return { name, value: () => value };
    }
    this.#expect('(');
    const present = this.#operand();
    this.#expect(',');
    const otherwise = this.#given.value(this.#next());
    this.#expect(')');
    return { name, value: (before) => present(before) ?? otherwise };
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

  name(): string {
    const name = this.#given.name(this.#next());
    this.names.add(name);
    return name;
  }

  take(wanted: string): boolean {
    const isNext = this.#words[this.#at]?.toUpperCase() === wanted.toUpperCase();
    if (isNext) this.#at += 1;
    return isNext;
  }

  end(): void {
    if (this.#at < this.#words.length) throw validationError(`Syntax error in "${this.#text}"`);
  }

  #expect(wanted: string): void {
    if (!this.take(wanted)) throw validationError(`Syntax error in "${this.#text}": ${wanted} is missing`);
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

const beginsWith = (value: Value | undefined, prefix: Value | undefined): boolean =>
  value !== undefined && prefix !== undefined && 'S' in value && 'S' in prefix && value.S.startsWith(prefix.S);
