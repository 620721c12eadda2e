/**
 * The size of an item as DynamoDB counts it: the UTF-8 of the names and values; a number 1 byte and 1 for every two significant digits;
 * a list or map 3 bytes and 1 for every element.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSize(item: object): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize(value: unknown): number {
  if (typeof value === 'string') {
    return Buffer.byteLength(value);
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return 1 + Math.ceil(String(value).replace(/0+$/, '').length / 2);
  }
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, element) => sum + 1 + valueSize(element), 3);
  }
  if (typeof value === 'object' && value !== null) {
    return 3 + Object.keys(value).length + itemSize(value);
  }
  throw new Error(`An item holds no ${typeof value}.`);
}
