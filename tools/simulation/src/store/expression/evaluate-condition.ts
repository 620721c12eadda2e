import { compareValues, sameValue, typeOf, type AttributeValue, type Item } from '../attribute-value.ts';
import type { Comparator, Condition, Operand, TestFunction } from './condition.ts';
import { valueAt } from './document-path.ts';

/** Whether a condition holds for an item; one that does not exist is an item without attributes. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.inner, item);
    case 'compare':
      return compares(condition.comparator, valueOf(condition.left, item), valueOf(condition.right, item));
    case 'between': {
      const value = valueOf(condition.operand, item);
      return compares('>=', value, valueOf(condition.from, item)) && compares('<=', value, valueOf(condition.to, item));
    }
    case 'in': {
      const value = valueOf(condition.operand, item);
      return condition.candidates.some((candidate) => compares('=', value, valueOf(candidate, item)));
    }
    case 'test':
      return passes(
        condition.name,
        valueOf(condition.operand, item),
        condition.argument && valueOf(condition.argument, item),
      );
  }
}

function valueOf(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  const value = valueAt(item, operand.path);

  return operand.kind === 'size' ? value && sizeOf(value) : value;
}

/** What is absent is equal to nothing, and neither less nor more than anything. */
function compares(
  comparator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  const same = left !== undefined && right !== undefined && sameValue(left, right);
  if (comparator === '=') return same;
  if (comparator === '<>') return !same;

  const order = left && right && compareValues(left, right);
  if (order === undefined) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[comparator];
}

function passes(name: TestFunction, value: AttributeValue | undefined, argument: AttributeValue | undefined): boolean {
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined) return false;
  if (name === 'attribute_exists') return true;
  if (argument === undefined) return false;

  switch (name) {
    case 'attribute_type':
      return 'S' in argument && typeOf(value) === argument.S;
    case 'begins_with':
      return beginsWith(value, argument);
    case 'contains':
      return contains(value, argument);
  }
}

/** Whether one string or binary begins with another. */
function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);

  return 'B' in value && 'B' in prefix && bytesOf(value.B).indexOf(bytesOf(prefix.B)) === 0;
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ('S' in value && 'S' in part) return value.S.includes(part.S);
  if ('B' in value && 'B' in part) return bytesOf(value.B).includes(bytesOf(part.B));
  if ('SS' in value && 'S' in part) return value.SS.includes(part.S);
  if ('NS' in value && 'N' in part) return value.NS.includes(part.N);
  if ('BS' in value && 'B' in part) return value.BS.includes(part.B);

  return 'L' in value && value.L.some((element) => sameValue(element, part));
}

function sizeOf(value: AttributeValue): AttributeValue | undefined {
  const [[type, content] = ['', undefined]] = Object.entries(value) as [string, unknown][];

  switch (type) {
    case 'S':
      return number(Buffer.byteLength(content as string));
    case 'B':
      return number(bytesOf(content as string).length);
    case 'M':
      return number(Object.keys(content as object).length);
    case 'SS':
    case 'NS':
    case 'BS':
    case 'L':
      return number((content as unknown[]).length);
    default:
      return undefined;
  }
}

const number = (value: number): AttributeValue => ({ N: String(value) });
const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');
