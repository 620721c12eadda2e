import { globSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { errorModules, type DefinedSet } from './defined-errors.ts';

/** A JSON Schema, as plain data. */
type JsonSchema = Readonly<Record<string, unknown>>;

/** Where the catalogue is, from the root of the workspace. */
export const catalogueFile = 'libs/middleware/src/open-api/problem-catalogue.ts';

const root = join(import.meta.dirname, '../../..');
/** What names the details of an error in its problem document, where it is not `details`: see `toProblemDetails`. */
const namedOtherwise = new Set(['VALIDATION_FAILED']);

/**
 * The source of {@link catalogueFile}: every error that a response may report, with its details as JSON
 * Schema, taken from the types that the definitions give them. Errors with status 500 are reported by one code that tells nothing.
 */
export function problemCatalogue(sets: readonly DefinedSet[]): string {
  const details = detailsByClass();
  const kinds = sets.flatMap(({ classes }) => Object.entries(classes)).filter(([, { status }]) => status !== 500);
  const entries = kinds
    .toSorted(([, left], [, right]) => left.code.localeCompare(right.code))
    .map(([name, { code, status, title }]) => {
      const schema = namedOtherwise.has(code) ? undefined : details.get(name);

      return [code, { status, title, ...(schema && { details: schema }) }];
    });

  return `import type { ProblemKind } from './problem-schemas.ts';

/** The errors of all packages, by code. \`npm run docs\` writes this from their definitions. */
export const problemCatalogue: Readonly<Record<string, ProblemKind>> = ${JSON.stringify(Object.fromEntries(entries))};
`;
}

/** The details of each error class that has any, by its name. */
function detailsByClass(): Map<string, JsonSchema> {
  const files = globSync(errorModules, { cwd: root }).map((file) => join(root, file));
  const program = ts.createProgram(files, {
    customConditions: ['@cnop/source'],
    exactOptionalPropertyTypes: true,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    target: ts.ScriptTarget.ES2023,
  });
  const checker = program.getTypeChecker();
  const found = new Map<string, JsonSchema>();

  for (const file of program.getSourceFiles().filter(({ fileName }) => files.includes(fileName))) {
    const module = checker.getSymbolAtLocation(file);
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      for (const kind of checker.getTypeOfSymbol(exported).getProperties()) {
        const [construct] = checker.getTypeOfSymbol(kind).getConstructSignatures();
        const [parameter] = construct?.getParameters() ?? [];
        const details = parameter && checker.getTypeOfSymbol(parameter);

        if (details && !isEmpty(details, checker)) found.set(kind.name, schemaOf(details, checker));
      }
    }
  }
  return found;
}

/** `NoDetails` is a record of nothing. */
const isEmpty = (details: ts.Type, checker: ts.TypeChecker): boolean => {
  const values = checker.getIndexTypeOfType(details, ts.IndexKind.String);

  return values ? Boolean(values.flags & ts.TypeFlags.Never) : details.getProperties().length === 0;
};

/** What JSON has of a type. @throws a plain Error for a type that the details of an error do not use yet. */
function schemaOf(type: ts.Type, checker: ts.TypeChecker): JsonSchema {
  if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
  if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
  if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
  if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
  if (type.isUnion()) {
    const members = type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const texts = members.flatMap((member) => (member.isStringLiteral() ? [member.value] : []));

    if (members.length === 1 && members[0]) return schemaOf(members[0], checker);
    if (texts.length === members.length) return { type: 'string', enum: texts.toSorted() };
  }
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    if (element) return { type: 'array', items: schemaOf(element, checker) };
  }
  if (type.flags & ts.TypeFlags.Object) return objectSchemaOf(type, checker);
  throw new Error(`The details of an error cannot have the type ${checker.typeToString(type)}.`);
}

function objectSchemaOf(type: ts.Type, checker: ts.TypeChecker): JsonSchema {
  const properties = type.getProperties().toSorted((left, right) => left.name.localeCompare(right.name));
  const required = properties.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);

  return {
    type: 'object',
    properties: Object.fromEntries(
      properties.map((property) => [property.name, schemaOf(checker.getTypeOfSymbol(property), checker)]),
    ),
    ...(required.length > 0 && { required }),
    ...(checker.getIndexTypeOfType(type, ts.IndexKind.String) && { additionalProperties: true }),
  };
}
