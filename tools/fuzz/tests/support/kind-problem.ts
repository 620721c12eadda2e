/**
 * Where a value is not of the kind that the reference is, down to the last part; `undefined` when it is: texts where texts were, exact
 * integers where numbers were, no part that the reference lacks.
 */
export function kindProblem(value: unknown, reference: unknown, path = ''): string | undefined {
  if (Array.isArray(reference)) return listProblem(value, reference, path);
  if (typeof reference === 'object' && reference !== null) return mapProblem(value, reference, path);
  if (typeof value !== typeof reference) return `${path} is a ${typeof value}`;

  return typeof value === 'number' && !Number.isSafeInteger(value) ? `${path} is ${value}` : undefined;
}

function listProblem(value: unknown, [element]: readonly unknown[], path: string): string | undefined {
  if (!Array.isArray(value)) return `${path} is no list`;

  return value.map((part, index) => kindProblem(part, element, `${path}[${index}]`)).find(Boolean);
}

function mapProblem(value: unknown, reference: object, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is no map`;
  const parts = new Map<string, unknown>(Object.entries(reference));
  const kinds = [...parts.values()];
  // Free keys, such as those of metadata, all have values of one kind.
  const isRecord = path !== '' && kinds.every((kind) => typeof kind === 'string');

  return Object.entries(value)
    .map(([name, part]) => {
      if (!parts.has(name) && !isRecord) return `${path}.${name} is not known`;
      return kindProblem(part, parts.has(name) ? parts.get(name) : kinds[0], `${path}.${name}`);
    })
    .find(Boolean);
}
