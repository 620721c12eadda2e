import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { operationsOf, type OpenApiDocument, type PlacedOperation } from './open-api-document.ts';

/** An answer, and what it answers. */
export interface Answered {
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
  /** Everything in which an answer breaks the promise. */
  problemsOf(answered: Answered): string[];
}

const documentName = 'openapi.json';
const problemType = 'application/problem+json';

/** Reads a document, and judges answers by it: status, media type and body. */
export function createContract(document: OpenApiDocument): Contract {
  const operations = operationsOf(document);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const validators = new Map<string, ValidateFunction>();
  addFormats.default(ajv);
  ajv.addFormat('e164', true);
  ajv.addSchema(document, documentName);

  const validatorAt = (pointer: readonly string[]): ValidateFunction => {
    const $ref = `${documentName}#/${pointer.map(escape).join('/')}`;
    const validate = validators.get($ref) ?? ajv.compile({ $ref });
    validators.set($ref, validate);
    return validate;
  };
  const bodyProblems = (pointer: readonly string[], text: string): string[] => {
    const validate = validatorAt(pointer);
    const body = jsonOf(text);

    if (body === undefined) return ['its body is no JSON'];
    return validate(body)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${String(error.message)}`);
  };

  return {
    operations,
    problemsOf: (answered) => {
      const { method, path, status, contentType, text } = answered;
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
export function findOperation(
  operations: readonly PlacedOperation[],
  method: string,
  path: string,
): PlacedOperation | undefined {
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
