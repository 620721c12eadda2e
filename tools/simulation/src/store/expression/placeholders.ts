import { readAttributes, type Attributes, type AttributeValue } from '../attribute-value.ts';
import { validationError } from '../store-error.ts';
import type { DocumentPath, PathStep } from './document-path.ts';

/** The names and values that a request's expressions stand on. */
export interface Placeholders {
  /** The path with its `#names` replaced. @throws ValidationException for a name that was not given. */
  path(path: DocumentPath): DocumentPath;
  /** The value of a `:value`. @throws ValidationException when it was not given. */
  value(name: string): AttributeValue;
  /** @throws ValidationException when a name or value was given that no expression uses. */
  finish(): void;
}

/** The part of a request that gives names and values. */
export interface ExpressionAttributes {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

/** Opens the names and values of a request. */
export function readPlaceholders(request: ExpressionAttributes): Placeholders {
  const names = request.ExpressionAttributeNames ?? {};
  const values: Attributes = readAttributes(request.ExpressionAttributeValues ?? {});
  const unused = new Set([...Object.keys(names), ...Object.keys(values)]);

  const resolve = (step: PathStep): PathStep => {
    if (typeof step === 'number' || !step.startsWith('#')) return step;
    const name = names[step];
    if (name === undefined) throw validationError(`An expression attribute name is not defined: ${step}`);
    unused.delete(step);
    return name;
  };

  return {
    path: ([first, ...rest]) => [resolve(first) as string, ...rest.map(resolve)],
    value: (name) => {
      const value = values[name];
      if (value === undefined) throw validationError(`An expression attribute value is not defined: ${name}`);
      unused.delete(name);
      return value;
    },
    finish: () => {
      if (unused.size > 0) throw validationError(`Value provided but unused in expressions: ${[...unused].join(', ')}`);
    },
  };
}
