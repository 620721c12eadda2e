import type { Attributes, AttributeValue } from '../attribute-value.ts';
import { validationError } from '../store-error.ts';
import type { TokenReader } from './token.ts';

/** A step into a document: an attribute of a map, or an element of a list. */
export type PathStep = string | number;

/** Where in an item a value is: `address.lines[0]`. Names may still be placeholders such as `#name`. */
export type DocumentPath = readonly [string, ...PathStep[]];

/** Reads a path. @throws ValidationException. */
export function readPath(tokens: TokenReader): DocumentPath {
  const path: [string, ...PathStep[]] = [readName(tokens)];

  for (;;) {
    if (tokens.take('.')) path.push(readName(tokens));
    else if (tokens.take('[')) {
      const { kind, text } = tokens.next();
      if (kind !== 'index') throw tokens.unexpected();
      path.push(Number(text));
      tokens.expect(']');
    } else return path;
  }
}

function readName(tokens: TokenReader): string {
  const { kind, text } = tokens.peek();
  if (kind !== 'name' && kind !== 'word') throw tokens.unexpected();
  tokens.next();

  return text;
}

/** The value at a path, if there is one. */
export function valueAt(item: Attributes, path: DocumentPath): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };

  for (const step of path) {
    if (value && typeof step === 'string' && 'M' in value) value = ownValue(value.M, step);
    else if (value && typeof step === 'number' && 'L' in value) value = value.L[step];
    else return undefined;
  }
  return value;
}

const ownValue = (attributes: Attributes, name: string): AttributeValue | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

/** The item with another value at a path, or none. An element past the end of a list is appended. @throws ValidationException. */
export function withValueAt(item: Attributes, path: DocumentPath, value: AttributeValue | undefined): Attributes {
  const changed = changedAt({ M: item }, path, value);

  return 'M' in changed ? changed.M : item;
}

function changedAt(
  container: AttributeValue | undefined,
  [step, ...rest]: readonly PathStep[],
  value: AttributeValue | undefined,
): AttributeValue {
  if (container && typeof step === 'string' && 'M' in container) {
    const { [step]: present, ...others } = container.M;
    const next = rest.length === 0 ? value : changedAt(present, rest, value);
    return { M: next === undefined ? others : { ...container.M, [step]: next } };
  }
  if (container && typeof step === 'number' && 'L' in container) {
    const next = rest.length === 0 ? value : changedAt(container.L[step], rest, value);
    return { L: next === undefined ? container.L.filter((_, at) => at !== step) : replaced(container.L, step, next) };
  }
  throw validationError('The document path provided in the update expression is invalid for update');
}

const replaced = (list: readonly AttributeValue[], at: number, value: AttributeValue): readonly AttributeValue[] =>
  at >= list.length ? [...list, value] : list.map((element, index) => (index === at ? value : element));

/** Whether one of two paths leads through or to the other. */
export const pathsOverlap = (left: DocumentPath, right: DocumentPath): boolean =>
  left.slice(0, right.length).every((step, at) => step === right[at]);
