import { ValidationError } from '@cnop/exceptions';
import { assertPlainJson } from './assert-plain-json.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

const invalid = (rule: string, message: string, cause: unknown) =>
  new ValidationError({ issues: [{ pointer: '', rule, message }] }, { cause });

/**
 * Reads a body as JSON in UTF-8, more strictly than `JSON.parse`: see {@link assertPlainJson}.
 *
 * @throws {@link ValidationError} that names the rule; nothing of the body is in it but names of members.
 */
export function parseJsonBody(body: Uint8Array, maxDepth: number): unknown {
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
