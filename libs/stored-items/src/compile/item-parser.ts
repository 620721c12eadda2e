import type { FormattedValue, ItemSchema } from 'dynamodb-toolbox/schema';
import { malformed } from '../raw-item.ts';

/**
 * What an item schema declares, with exact numbers: `bigint` for those that are `big()`, which the toolbox types as
 * `number | bigint`, and `number` for all others.
 */
export type ItemOf<TSchema extends ItemSchema> = Exact<FormattedValue<TSchema>>;

type Exact<TValue> = bigint extends TValue
  ? Exclude<TValue, number>
  : TValue extends readonly (infer TElement)[]
    ? Exact<TElement>[]
    : TValue extends object
      ? { [TName in keyof TValue]: Exact<TValue[TName]> }
      : TValue;

/** A schema or a part of one, as dynamodb-toolbox declares it. */
interface Declaration {
  readonly type: string;
  readonly props: object;
  /** Of an item or a map. */
  readonly attributes?: Readonly<Record<string, Declaration>>;
  /** Of a record: what its keys are. */
  readonly keys?: Declaration;
  /** Of a list or a record. */
  readonly elements?: unknown;
}

/** Checks a value; the path says in an error where it was. */
type Parse = (value: unknown, path: string) => unknown;

interface KnownProps {
  readonly required?: string;
  readonly enum?: readonly unknown[];
  readonly big?: boolean;
}

const knownProps = new Set(['required', 'enum', 'big', 'key']);

/**
 * Compiles the check that dynamodb-toolbox makes of an item before it is put and after it was read: types, enums, required
 * attributes. Attributes that are not declared are left out, as are those that are undefined.
 *
 * The toolbox interprets its schema anew for every item, in several passes; this reads the schema once. It is stricter in one
 * thing: every number must be a whole number that is exact. One that is declared `big()` comes out as `bigint`, whether it was
 * `number` or `bigint`; any other is a safe integer.
 *
 * @returns a function that gives the declared attributes, and throws a plain Error naming the one that is missing or malformed,
 *   never its value.
 * @throws a plain Error when the schema uses what is not compiled: defaults, links, transformations, validators, other types.
 */
export function compileItemParser<TSchema extends ItemSchema>(schema: TSchema): (item: object) => ItemOf<TSchema> {
  const parse = compile(schema);

  return (item) => parse(item, '') as ItemOf<TSchema>;
}

function compile(declaration: Declaration): Parse {
  const props = declaration.props as KnownProps;
  const unknownProp = Object.keys(props).find((name) => !knownProps.has(name));
  if (unknownProp !== undefined) throw new Error(`A schema with '${unknownProp}' cannot be compiled.`);

  switch (declaration.type) {
    case 'item':
      return compileMap(declaration, '');
    case 'map':
      return compileMap(declaration, '.');
    case 'list':
      return compileList(declaration);
    case 'record':
      return compileRecord(declaration);
    case 'number':
      return props.big ? parseBigInteger : parseInteger;
    case 'string':
    case 'boolean':
      return compilePrimitive(declaration.type, props);
    default:
      throw new Error(`A schema of the type '${declaration.type}' cannot be compiled.`);
  }
}

const parseInteger: Parse = (value, path) => {
  if (!Number.isSafeInteger(value)) throw malformed(path, 'not an integer');
  return value;
};

/** The document client reads a small number as `number` and a large one as `bigint`. */
const parseBigInteger: Parse = (value, path) =>
  typeof value === 'bigint' ? value : BigInt(parseInteger(value, path) as number);

function compilePrimitive(type: 'string' | 'boolean', { enum: values }: KnownProps): Parse {
  const allowed = values && new Set(values);

  return (value, path) => {
    if (typeof value !== type) throw malformed(path, `not a ${type}`);
    if (allowed && !allowed.has(value)) throw malformed(path, 'not one of its values');
    return value;
  };
}

function compileMap({ attributes = {} }: Declaration, separator: '' | '.'): Parse {
  const members = Object.entries(attributes).map(([name, attribute]) => ({
    name,
    suffix: `${separator}${name}`,
    optional: (attribute.props as KnownProps).required === 'never',
    parse: compile(attribute),
  }));

  return (value, path) => {
    if (!isMap(value)) throw malformed(path, 'not a map');
    const parsed: Record<string, unknown> = {};

    for (const { name, suffix, optional, parse } of members) {
      const member = value[name];
      if (member !== undefined) parsed[name] = parse(member, path + suffix);
      else if (!optional) throw malformed(path + suffix, 'missing');
    }
    return parsed;
  };
}

function compileList({ elements }: Declaration): Parse {
  const parse = compile(elements as Declaration);

  return (value, path) => {
    if (!Array.isArray(value)) throw malformed(path, 'not a list');
    const list: readonly unknown[] = value;

    return list.map((element, index) => parse(element, `${path}[${index}]`));
  };
}

function compileRecord({ keys, elements }: Declaration): Parse {
  const parseKey = compile(keys as Declaration);
  const parse = compile(elements as Declaration);

  return (value, path) => {
    if (!isMap(value)) throw malformed(path, 'not a record');
    const parsed: [string, unknown][] = [];

    for (const [name, element] of Object.entries(value)) {
      const elementPath = `${path}.${name}`;
      if (element !== undefined) parsed.push([String(parseKey(name, elementPath)), parse(element, elementPath)]);
    }
    return Object.fromEntries(parsed); // '__proto__' is a key like any other
  };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
