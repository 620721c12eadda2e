import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { RawItem } from '@cnop/stored-items';
import { toWireMap } from '@cnop/stored-items';

/** What DynamoDB adds to a list or a map, and to each of their elements. */
const containerOverhead = 3;
const elementOverhead = 1;

/**
 * The size of an item as DynamoDB counts it for capacity, in bytes: the sum of its attribute names and values.
 *
 * Exact but for numbers, which AWS describes as "approximately" one byte for two significant digits and one more; a negative one
 * takes a further byte. Attributes that are `undefined` are not stored and do not count.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html}
 */
export function itemSizeBytes(item: RawItem): number {
  return sizeOfAttributes(toWireMap(item));
}

/** The same of an item in DynamoDB's own form. */
export function sizeOfAttributes(attributes: Record<string, AttributeValue>): number {
  return sum(Object.entries(attributes).map(([name, value]) => Buffer.byteLength(name) + sizeOfValue(value)));
}

function sizeOfValue({ S, N, B, SS, NS, BS, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return sizeOfNumber(N);
  if (B) return B.byteLength;
  if (SS) return sum(SS.map((text) => Buffer.byteLength(text)));
  if (NS) return sum(NS.map(sizeOfNumber));
  if (BS) return sum(BS.map((bytes) => bytes.byteLength));
  if (L) return containerOverhead + sum(L.map((element) => elementOverhead + sizeOfValue(element)));
  if (M) return containerOverhead + elementOverhead * Object.keys(M).length + sizeOfAttributes(M);

  return 1; // A boolean or null.
}

function sizeOfNumber(text: string): number {
  const [mantissa = ''] = text.toLowerCase().split('e');
  const digits = mantissa.replaceAll(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '');

  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
