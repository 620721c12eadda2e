import { typeOf, type AttributeValue, type Item } from '../attribute-value.ts';
import { addNumbers, subtractNumbers } from '../decimal.ts';
import { validationError } from '../store-error.ts';
import { valueAt, withValueAt, type DocumentPath, type PathStep } from './document-path.ts';
import type { SetOperand, Update } from './update.ts';

/** The item after an update: every operand is read from the item as it was before. @throws ValidationException. */
export function applyUpdate(update: Update, before: Item): Item {
  const settings: readonly Setting[] = [
    ...update.set.map(({ path, operand }) => ({ path, value: evaluate(operand, before) })),
    ...update.add.map(({ path, value }) => ({ path, value: added(valueAt(before, path), value) })),
    ...update.delete.map(({ path, value }) => ({ path, value: withoutMembers(valueAt(before, path), value) })),
  ];
  const set = settings.reduce((item, { path, value }) => withValueAt(item, path, value), before);

  return update.remove.toSorted(laterElementsFirst).reduce((item, path) => withValueAt(item, path, undefined), set);
}

interface Setting {
  readonly path: DocumentPath;
  readonly value: AttributeValue | undefined;
}

/** Indexes are those of the list as it was, so of two elements of one list the later goes first. */
const laterElementsFirst = (left: DocumentPath, right: DocumentPath): number => rank(right.at(-1)) - rank(left.at(-1));

const rank = (step: PathStep | undefined): number => (typeof step === 'number' ? step : -1);

function evaluate(operand: SetOperand, item: Item): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path': {
      const value = valueAt(item, operand.path);
      if (!value)
        throw validationError('The provided expression refers to an attribute that does not exist in the item');
      return value;
    }
    case 'if_not_exists':
      return valueAt(item, operand.path) ?? evaluate(operand.otherwise, item);
    case 'list_append':
      return appended(evaluate(operand.left, item), evaluate(operand.right, item));
    case '+':
    case '-':
      return calculated(operand.kind, evaluate(operand.left, item), evaluate(operand.right, item));
  }
}

function calculated(sign: '+' | '-', left: AttributeValue, right: AttributeValue): AttributeValue {
  if (!('N' in left && 'N' in right)) throw wrongType();

  return { N: sign === '+' ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N) };
}

function appended(left: AttributeValue, right: AttributeValue): AttributeValue {
  if (!('L' in left && 'L' in right)) throw wrongType();

  return { L: [...left.L, ...right.L] };
}

function added(present: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (!present) return value;
  if ('N' in present && 'N' in value) return { N: addNumbers(present.N, value.N) };

  return changedSet(present, value, (members, others) => [...new Set([...members, ...others])]);
}

function withoutMembers(present: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  if (!present) return undefined;
  const left = changedSet(present, value, (members, others) => members.filter((member) => !others.includes(member)));

  return (Object.values(left)[0] as readonly string[]).length === 0 ? undefined : left;
}

type SetChange = (members: readonly string[], others: readonly string[]) => readonly string[];

function changedSet(present: AttributeValue, value: AttributeValue, change: SetChange): AttributeValue {
  if ('SS' in present && 'SS' in value) return { SS: change(present.SS, value.SS) };
  if ('NS' in present && 'NS' in value) return { NS: change(present.NS, value.NS) };
  if ('BS' in present && 'BS' in value) return { BS: change(present.BS, value.BS) };

  throw wrongType(typeOf(present));
}

const wrongType = (type = ''): Error =>
  validationError(`An operand in the update expression has an incorrect data type ${type}`);
