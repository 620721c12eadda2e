import { compareValues, isTypeName, typeOf, type TypeName } from '../attribute-value.ts';
import { validationError } from '../store-error.ts';
import type { Condition, Operand } from './condition.ts';

const ordered: readonly TypeName[] = ['S', 'N', 'B'];
const prefixed: readonly TypeName[] = ['S', 'B'];

/** Refuses, whatever the item, what DynamoDB refuses: operands of a type that the operator does not take. @throws ValidationException. */
export function checkOperands(condition: Condition): Condition {
  switch (condition.kind) {
    case 'compare':
      assertDistinct(condition.left, condition.right);
      if (condition.comparator !== '=' && condition.comparator !== '<>') {
        assertTypes([condition.left, condition.right], ordered);
      }
      break;
    case 'between':
      assertTypes([condition.operand, condition.from, condition.to], ordered);
      assertBounds(condition.from, condition.to);
      break;
    case 'test':
      checkTest(condition);
      break;
    case 'in':
    case 'and':
    case 'or':
    case 'not':
      break;
  }
  return condition;
}

function checkTest({ name, operand, argument }: Extract<Condition, { readonly kind: 'test' }>): void {
  if ((name === 'attribute_exists' || name === 'attribute_not_exists') && operand.kind !== 'path') throw misused(name);
  if (operand.kind === 'size' || argument?.kind === 'size') throw misused(name);
  if (name === 'begins_with' && argument) assertTypes([operand, argument], prefixed);
  if (argument) assertDistinct(operand, argument);

  if (name === 'attribute_type') {
    const named = argument?.kind === 'value' && 'S' in argument.value && isTypeName(argument.value.S);
    if (!named) throw misused(name);
  }
}

function assertTypes(operands: readonly Operand[], types: readonly TypeName[]): void {
  const isWrong = (operand: Operand) => operand.kind === 'value' && !types.includes(typeOf(operand.value));
  if (operands.some(isWrong)) throw misused('operator');
}

function assertBounds(from: Operand, to: Operand): void {
  if (from.kind !== 'value' || to.kind !== 'value') return;
  const order = compareValues(from.value, to.value);
  if (order === undefined || order > 0)
    throw validationError('The BETWEEN operator requires an upper bound not below its lower bound');
}

function assertDistinct(left: Operand, right: Operand): void {
  if (left.kind === 'path' && right.kind === 'path' && left.path.join('\0') === right.path.join('\0')) {
    throw validationError('The first operand must be distinct from the remaining operands');
  }
}

const misused = (name: string): Error => validationError(`Incorrect operand type for operator or function; ${name}`);
