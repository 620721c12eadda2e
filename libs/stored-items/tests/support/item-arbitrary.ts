import type { ItemSchema } from 'dynamodb-toolbox/schema';
import fc from 'fast-check';

interface Declaration {
  readonly type: string;
  readonly props: object;
  readonly attributes?: Readonly<Record<string, Declaration>>;
  readonly elements?: unknown;
}

/** Any item that a schema declares: every optional attribute there or not, every text, number, list and record. */
export const itemArbitrary = (schema: ItemSchema) => valueArbitrary(schema) as fc.Arbitrary<Record<string, unknown>>;

function valueArbitrary({ type, props, attributes = {}, elements }: Declaration): fc.Arbitrary<unknown> {
  const { enum: values, big = false } = props as { enum?: readonly unknown[]; big?: boolean };

  if (values) return fc.constantFrom(...values);
  switch (type) {
    case 'string':
      return fc.string();
    case 'boolean':
      return fc.boolean();
    case 'number':
      return big ? fc.oneof(fc.bigInt(), fc.maxSafeInteger()) : fc.maxSafeInteger();
    case 'list':
      return fc.array(valueArbitrary(elements as Declaration), { maxLength: 3 });
    case 'record':
      return fc.dictionary(fc.string(), valueArbitrary(elements as Declaration), { maxKeys: 3 });
    default:
      return fc.record(mapValues(attributes, valueArbitrary), {
        requiredKeys: Object.keys(attributes).filter((name) => !isOptional(attributes[name])),
      });
  }
}

const mapValues = <TIn, TOut>(record: Readonly<Record<string, TIn>>, change: (value: TIn) => TOut) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const isOptional = (schema: Declaration | undefined) =>
  (schema?.props as { required?: string } | undefined)?.required === 'never';

/** The same, now and then with one attribute that is missing, of another type, or not declared. */
export const damagedItemArbitrary = (schema: ItemSchema) =>
  fc
    .tuple(
      itemArbitrary(schema),
      fc.constantFrom(...Object.keys(schema.attributes), 'undeclared'),
      fc.oneof(
        fc.constant(undefined),
        fc.string(),
        fc.integer(),
        fc.bigInt(),
        fc.boolean(),
        fc.constant([{}]),
        fc.object(),
      ),
    )
    .map(([item, name, value]) => ({ ...item, [name]: value }));
