import { sharedErrors } from '@cnop/exceptions';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { type JSONVisitor, visit } from 'jsonc-parser';
import { httpProblemOf } from '../problems/problem-of.ts';

/** What the plugin `jsonBodies` takes. */
export interface JsonBodiesOptions {
  /** How deep objects and lists may be nested. Default 16. */
  readonly maxDepth?: number;
}

/**
 * A plugin that reads bodies as JSON in UTF-8 and as nothing else; any other content type, charset or coding is 415.
 *
 * Refused with VALIDATION_FAILED: what is no UTF-8 or no JSON, a name twice in one object, `__proto__` and `constructor`, nesting
 * beyond `maxDepth`, half a surrogate pair. The size is limited by the server's `bodyLimit` (413).
 */
export const jsonBodies = fastifyPlugin<JsonBodiesOptions>(
  (service: FastifyInstance, { maxDepth = 16 }, done) => {
    service.removeAllContentTypeParsers();
    service.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, next) => {
      try {
        assertPlainCoding(request);
        next(null, parseJsonBody(body, maxDepth));
      } catch (error) {
        next(error as Error);
      }
    });
    done();
  },
  { name: '@cnop/json-bodies', fastify: '5.x' },
);

function assertPlainCoding({ headers }: FastifyRequest): void {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  const coding = headers['content-encoding'] ?? 'identity';

  if (charset.toLowerCase() !== 'utf-8' || coding !== 'identity') throw unsupportedMedia();
}

/** As Fastify itself refuses a content type that it does not know. */
function unsupportedMedia(): Error {
  const { status, detail } = httpProblemOf(415);

  return Object.assign(new Error(detail), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: status });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const invalid = (rule: string, message: string, cause: unknown) =>
  new sharedErrors.ValidationError({ issues: [{ pointer: '', rule, message }] }, { cause });

/**
 * Reads a body as JSON in UTF-8, more strictly than `JSON.parse`: see {@link assertPlainJson}.
 *
 * @throws {@link sharedErrors.ValidationError} that names the rule; nothing of the body is in it but names of members.
 */
function parseJsonBody(body: Uint8Array, maxDepth: number): unknown {
  const text = decode(body);
  assertPlainJson(text, maxDepth);

  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid('invalid_json', 'The body is not JSON.', cause);
  }
}

function decode(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw invalid('invalid_utf8', 'The body is not UTF-8.', cause);
  }
}

/** A member of this name is never a field, only a try at the prototypes of objects. */
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

/** Half a surrogate pair: JSON can write it, UTF-8 cannot. */
const loneSurrogate = /\p{Surrogate}/gu;
const isBroken = (text: string): boolean => text.search(loneSurrogate) >= 0;

/** The parts of a path within a document, as the visitor gives them. */
type Path = readonly (string | number)[];

const refuse = (path: Path, rule: string, message: string): never => {
  throw new sharedErrors.ValidationError({ issues: [{ pointer: path.map(toSegment).join(''), rule, message }] });
};

/** A name comes from the input, at any length. */
const toSegment = (part: string | number): string =>
  `/${String(part).slice(0, 64).replaceAll(loneSurrogate, '\u{FFFD}').replaceAll('~', '~0').replaceAll('/', '~1')}`;

/**
 * Refuses what JSON allows but no two readers read alike, or no program needs: a name twice in one object, `__proto__` and
 * `constructor`, nesting beyond `maxDepth`, half a surrogate pair.
 *
 * Says nothing of text that is no JSON: that is for `JSON.parse` to refuse. Ends at the first fault, so it never goes deeper than
 * `maxDepth` itself.
 *
 * @throws {@link sharedErrors.ValidationError} with the pointer of the fault.
 */
function assertPlainJson(text: string, maxDepth: number): void {
  const namesOfOpenObjects: Set<string>[] = [];
  let depth = 0;

  const open = (path: Path) => {
    depth += 1;
    if (depth > maxDepth) refuse(path, 'too_deep', `The body is nested more than ${maxDepth} levels deep.`);
  };
  // Each is also told offset, length, line and column, which nobody needs.
  const visitor: JSONVisitor = {
    onObjectBegin: (...[, , , , pathOf]) => {
      open(pathOf());
      namesOfOpenObjects.push(new Set());
    },
    onObjectProperty: (name, ...[, , , , pathOf]) => {
      const names = namesOfOpenObjects.at(-1);
      if (names?.has(name)) refuse([...pathOf(), name], 'duplicate_key', 'This name stands twice in one object.');
      if (forbiddenNames.has(name)) refuse([...pathOf(), name], 'forbidden_key', 'This name is not allowed.');
      if (isBroken(name)) refuse(pathOf(), 'invalid_text', 'A name is no well-formed Unicode text.');
      names?.add(name);
    },
    onLiteralValue: (value, ...[, , , , pathOf]) => {
      if (typeof value === 'string' && isBroken(value)) {
        refuse(pathOf(), 'invalid_text', 'This is no well-formed Unicode text.');
      }
    },
    onObjectEnd: () => {
      namesOfOpenObjects.pop();
      depth -= 1;
    },
    onArrayBegin: (...[, , , , pathOf]) => {
      open(pathOf());
    },
    onArrayEnd: () => {
      depth -= 1;
    },
  };

  visit(text, visitor, { disallowComments: true });
}
