import type { Attributes, AttributeValue, Item } from '../attribute-value.ts';
import { validationError } from '../store-error.ts';
import { pathsOverlap, readPath, valueAt, type DocumentPath, type PathStep } from './document-path.ts';
import type { Placeholders } from './placeholders.ts';
import { readTokens } from './token.ts';

/** Reads a projection. @throws ValidationException. */
export function parseProjection(text: string, placeholders: Placeholders): DocumentPath[] {
  const tokens = readTokens(text);
  const paths: DocumentPath[] = [];

  do {
    const path = placeholders.path(readPath(tokens));
    if (paths.some((other) => pathsOverlap(path, other))) {
      throw validationError('Invalid ProjectionExpression: Two document paths overlap with each other');
    }
    paths.push(path);
  } while (tokens.take(','));
  tokens.finish();
  return paths;
}

/** The part of an item that is at the paths; of a list the chosen elements move together. */
export function project(item: Item, paths: readonly DocumentPath[]): Attributes {
  const present = paths.filter((path) => valueAt(item, path) !== undefined);
  const picked = pick({ M: item }, present);

  return 'M' in picked ? picked.M : {};
}

function pick(value: AttributeValue, paths: readonly (readonly PathStep[])[]): AttributeValue {
  if (paths.some((path) => path.length === 0)) return value;
  const below = (step: PathStep) => paths.filter(([first]) => first === step).map((path) => path.slice(1));
  const chosen = (step: PathStep, child: AttributeValue): AttributeValue[] =>
    below(step).length === 0 ? [] : [pick(child, below(step))];

  if ('L' in value) return { L: value.L.flatMap((child, at) => chosen(at, child)) };
  if (!('M' in value)) return value;
  return {
    M: Object.fromEntries(
      Object.entries(value.M).flatMap(([name, child]) => chosen(name, child).map((part) => [name, part])),
    ),
  };
}
