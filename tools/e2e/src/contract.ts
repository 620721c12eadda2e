import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** A JSON Schema, as far as an OpenAPI 3.1 document of ours uses it. */
export interface JsonSchema extends Readonly<
  Partial<Record<'minLength' | 'maxLength' | 'minimum' | 'maximum', number>>
> {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** What a body may hold, by its media type. */
export type MediaTypes = Readonly<
  Record<
    string,
    { readonly schema: JsonSchema; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }
  >
>;

/** A part of a request beside its body. */
export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly schema: JsonSchema;
}

/** One method of one path. */
export interface Operation {
  readonly operationId?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: MediaTypes };
  readonly responses: Readonly<Record<string, { readonly content?: MediaTypes }>>;
  readonly security: readonly object[];
}

/** The OpenAPI document of a service. */
export interface OpenApiDocument {
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** An operation with its upper-case method and its path, such as `/v1/orders/{orderId}`. */
export type PlacedOperation = Operation & { readonly method: string; readonly path: string };

/** A response as it was received, and to what. */
export interface Received {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
  /** The header `Content-Type`; empty without a body. */
  readonly contentType: string;
  readonly text: string;
}

/** What an OpenAPI document promises. */
export interface Contract {
  readonly operations: readonly PlacedOperation[];
  /** Everything in which a response breaks the promise. */
  problemsOf(received: Received): string[];
}

const documentName = 'openapi.json';
const problemType = 'application/problem+json';

/** All operations of a document, the schemas of their request bodies in place. */
export const operationsOf = (document: OpenApiDocument): PlacedOperation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody, ...operation }]) => ({
      ...operation,
      ...(requestBody && { requestBody: inPlace(requestBody, document) as typeof requestBody }),
      method: method.toUpperCase(),
      path,
    })),
  );

/** The same with the schemas of components in place of references to them. */
function inPlace(node: unknown, document: OpenApiDocument): unknown {
  if (Array.isArray(node)) return node.map((each) => inPlace(each, document));
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, ...rest } = node as { readonly $ref?: string };
  const [, name = ''] = $ref?.split('#/components/schemas/') ?? [];

  return $ref === undefined
    ? Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inPlace(value, document)]))
    : inPlace(document.components?.schemas?.[name], document);
}

/** Reads a document, and holds responses against it: status, media type and body. */
export function createContract(document: OpenApiDocument): Contract {
  const operations = operationsOf(document);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const validators = new Map<string, ValidateFunction>();
  addFormats.default(ajv);
  ajv.addFormat('e164', true);
  ajv.addSchema(document, documentName);

  const bodyProblems = (pointer: readonly string[], text: string): string[] => {
    const $ref = `${documentName}#/${pointer.map(escape).join('/')}`;
    const validate = validators.get($ref) ?? ajv.compile({ $ref });
    validators.set($ref, validate);
    const body = jsonOf(text);

    if (body === undefined) return ['its body is no JSON'];
    if (validate(body)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${String(error.message)}`);
  };

  return {
    operations,
    problemsOf: ({ method, path, status, contentType, text }) => {
      const operation = findOperation(operations, method, path);
      const [mediaType = ''] = contentType.split(';', 1);

      const response = operation?.responses[String(status)];
      if (status >= 400 && !response) {
        const problems = mediaType === problemType ? [] : [`it is ${mediaType || 'nothing'} and no problem document`];
        return [...problems, ...bodyProblems(['components', 'schemas', 'Problem'], text)];
      }
      if (!operation || !response) return [`the document knows no ${status} of ${method} ${path}`];
      if (!response.content) return text === '' ? [] : ['it has a body, and the document knows of none'];
      if (!(mediaType in response.content)) return [`its media type is ${mediaType || 'missing'}`];

      const place = ['paths', operation.path, method.toLowerCase(), 'responses', String(status)];
      return bodyProblems([...place, 'content', mediaType, 'schema'], text);
    },
  };
}

/** The operation that serves a path: one without parameters goes before one with. */
function findOperation(operations: readonly PlacedOperation[], method: string, path: string) {
  const found = operations.filter((operation) => operation.method === method && patternOf(operation.path).test(path));

  return found.find((operation) => operation.path === path) ?? found[0];
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`);

const escape = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
