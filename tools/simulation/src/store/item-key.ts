import { contentOf, typeOf, type Attributes, type AttributeValue, type Item } from './attribute-value.ts';
import { validationError } from './store-error.ts';

/** A key attribute as a table or an index declares it. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: string;
}

/** The keys of a table or an index. */
export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
}

/** The keys as a list, the partition first. */
export const keyAttributes = ({ partition, sort }: KeySchema): KeyAttribute[] =>
  sort ? [partition, sort] : [partition];

/** A text that is the same for the same key value and no other. */
export const keyText = (value: AttributeValue | undefined): string =>
  value === undefined ? '' : `${typeOf(value)}${String(contentOf(value))}`;

/** Where an item lies within its table. */
export interface ItemKey {
  readonly partition: string;
  readonly sort: string;
}

/** The key within an item, or within whatever holds its attributes. @throws ValidationException when one is missing or of the wrong type. */
export function keyOf(schema: KeySchema, attributes: Attributes): ItemKey {
  for (const { name, type } of keyAttributes(schema)) {
    const value = attributes[name];
    if (value === undefined) throw validationError('One of the required keys was not given a value');
    if (typeOf(value) !== type) throw validationError(`Type mismatch for key ${name}`);
    if (contentOf(value) === '') throw validationError(`The AttributeValue for key ${name} is an empty string`);
  }
  return {
    partition: keyText(attributes[schema.partition.name]),
    sort: keyText(schema.sort && attributes[schema.sort.name]),
  };
}

/** The key that a request names: these attributes and no others. @throws ValidationException. */
export function exactKeyOf(schema: KeySchema, attributes: Attributes): ItemKey {
  if (Object.keys(attributes).length !== keyAttributes(schema).length) {
    throw validationError('The provided key element does not match the schema');
  }
  return keyOf(schema, attributes);
}

/** The key attributes of an item. */
export const pickKeys = (schemas: readonly KeySchema[], item: Item): Attributes =>
  Object.fromEntries(
    schemas.flatMap(keyAttributes).flatMap(({ name }) => {
      const value = item[name];
      return value ? [[name, value]] : [];
    }),
  );
