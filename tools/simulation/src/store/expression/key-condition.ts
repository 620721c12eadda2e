import { keyText, type KeySchema } from '../item-key.ts';
import { contentOf, typeOf, type AttributeValue } from '../attribute-value.ts';
import { validationError } from '../store-error.ts';
import type { Condition, Operand } from './condition.ts';

/** What a query asks of the keys. */
export interface KeyCondition {
  /** The text of the partition key's value; see `keyText`. */
  readonly partition: string;
  /** What the sort key must fulfil, if anything. */
  readonly sort?: Condition;
}

/** Reads a key condition: the partition key equal to a value and at most one condition on the sort key. @throws ValidationException. */
export function readKeyCondition(schema: KeySchema, condition: Condition): KeyCondition {
  const parts = partsOf(condition);
  const partition = parts.find((part) => attributeOf(part) === schema.partition.name);
  const sort = parts.find((part) => part !== partition);
  const value = partition && equalValue(partition);

  if (!value || !isKeyValue(value, schema.partition.type) || parts.length > 2) throw notSupported();
  if (!sort) return { partition: keyText(value) };
  assertSortCondition(schema, sort);
  return { partition: keyText(value), sort };
}

const partsOf = (condition: Condition): Condition[] =>
  condition.kind === 'and' ? [...partsOf(condition.left), ...partsOf(condition.right)] : [condition];

function assertSortCondition({ sort }: KeySchema, condition: Condition): void {
  const values = valuesOf(condition);
  const isRange = condition.kind === 'between' || (condition.kind === 'compare' && condition.comparator !== '<>');
  const isPrefix = condition.kind === 'test' && condition.name === 'begins_with';

  if (!sort || attributeOf(condition) !== sort.name || !(isRange || isPrefix)) throw notSupported();
  if (values.length === 0 || values.some((value) => !isKeyValue(value, sort.type))) throw notSupported();
}

const isKeyValue = (value: AttributeValue | undefined, type: string): boolean =>
  value !== undefined && typeOf(value) === type && contentOf(value) !== '';

/** The values on the right side; `undefined` for one that is no given value. */
function valuesOf(condition: Condition): (AttributeValue | undefined)[] {
  const given = (operand: Operand | undefined) => (operand?.kind === 'value' ? operand.value : undefined);

  switch (condition.kind) {
    case 'compare':
      return [given(condition.right)];
    case 'between':
      return [given(condition.from), given(condition.to)];
    case 'test':
      return [given(condition.argument)];
    case 'and':
    case 'or':
    case 'not':
    case 'in':
      return [];
  }
}

function equalValue(condition: Condition): AttributeValue | undefined {
  return condition.kind === 'compare' && condition.comparator === '=' ? valuesOf(condition)[0] : undefined;
}

/** The top-level attribute that a condition is about. */
function attributeOf(condition: Condition): string | undefined {
  const operand =
    condition.kind === 'compare' ? condition.left : 'operand' in condition ? condition.operand : undefined;

  return operand?.kind === 'path' && operand.path.length === 1 ? operand.path[0] : undefined;
}

const notSupported = (): Error => validationError('Query key condition not supported');
