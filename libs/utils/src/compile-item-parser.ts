/** An item schema or a part of one, as dynamodb-toolbox declares it. */
export interface StorageSchema {
  readonly type: string;
  readonly props: object;
  /** Of an item or a map. */
  readonly attributes?: Readonly<Record<string, StorageSchema>>;
  /** Of a record: what its keys are. */
  readonly keys?: StorageSchema;
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
 * Compiles the check that dynamodb-toolbox makes of an item before it is put and after it was read: types, enums, required attributes.
 * Attributes that are not declared are left out, as are those that are undefined.
 *
 * The toolbox interprets its schema anew for every item, in several passes; this reads the schema once.
 *
 * @returns a function that gives the declared attributes, and throws a plain Error naming the one that is missing or malformed.
 * @throws a plain Error when the schema uses what is not compiled: defaults, links, transformations, validators, other types.
 */
export function compileItemParser(schema: StorageSchema): (item: object) => Record<string, unknown> {
  const parse = compile(schema);

  return (item) => parse(item, '') as Record<string, unknown>;
}

function compile(schema: StorageSchema): Parse {
  const props = schema.props as KnownProps;
  const unknownProp = Object.keys(props).find((name) => !knownProps.has(name));
  if (unknownProp !== undefined) throw new Error(`A schema with '${unknownProp}' cannot be compiled.`);

  switch (schema.type) {
    case 'item':
      return compileMap(schema, '');
    case 'map':
      return compileMap(schema, '.');
    case 'list':
      return compileList(schema);
    case 'record':
      return compileRecord(schema);
    case 'string':
    case 'number':
    case 'boolean':
      return compilePrimitive(schema.type, props);
    default:
      throw new Error(`A schema of the type '${schema.type}' cannot be compiled.`);
  }
}

function compilePrimitive(type: 'string' | 'number' | 'boolean', { enum: values, big = false }: KnownProps): Parse {
  const allowed = values && new Set(values);

  return (value, path) => {
    if (typeof value !== type && !(big && typeof value === 'bigint')) throw malformed(path, `a ${type}`);
    if (allowed && !allowed.has(value)) throw malformed(path, 'one of its values');
    return value;
  };
}

function compileMap({ attributes = {} }: StorageSchema, separator: '' | '.'): Parse {
  const members = Object.entries(attributes).map(([name, attribute]) => ({
    name,
    suffix: `${separator}${name}`,
    optional: (attribute.props as KnownProps).required === 'never',
    parse: compile(attribute),
  }));

  return (value, path) => {
    if (!isMap(value)) throw malformed(path, 'a map');
    const parsed: Record<string, unknown> = {};

    for (const { name, suffix, optional, parse } of members) {
      const member = value[name];
      if (member !== undefined) parsed[name] = parse(member, path + suffix);
      else if (!optional) throw malformed(path + suffix, 'there');
    }
    return parsed;
  };
}

function compileList({ elements }: StorageSchema): Parse {
  const parse = compile(elements as StorageSchema);

  return (value, path) => {
    if (!Array.isArray(value)) throw malformed(path, 'a list');
    const list: readonly unknown[] = value;

    return list.map((element, index) => parse(element, `${path}[${index}]`));
  };
}

function compileRecord({ keys, elements }: StorageSchema): Parse {
  const parseKey = compile(keys as StorageSchema);
  const parse = compile(elements as StorageSchema);

  return (value, path) => {
    if (!isMap(value)) throw malformed(path, 'a record');
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

const malformed = (path: string, expected: string): Error => new Error(`attribute '${path}' is not ${expected}`);
