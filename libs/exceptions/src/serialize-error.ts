import { DomainError, hasParts } from './domain-error.ts';

/**
 * Writes an error as one JSON text, so that whoever stores a refusal can give the same response again: all but its cause and its stack.
 *
 * @see {@link deserializeError} for the reverse.
 */
export function serializeError(error: DomainError): string {
  const { name, code, status, title, advice, retryable, details, message } = error;

  return JSON.stringify({ name, code, status, title, advice, retryable, details, message });
}

/**
 * The error that {@link serializeError} wrote, also of a code that this process does not define.
 *
 * It is told by its code as before, but is no instance of the class that it was made by.
 *
 * @throws a plain Error when the text is anything else.
 */
export function deserializeError(text: string): DomainError {
  const parts = parse(text);

  if (typeof parts !== 'object' || parts === null || !hasParts(parts)) {
    throw new Error('The text is not that of a serialized error.');
  }
  return new DomainError(parts);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error('The text is not that of a serialized error.', { cause });
  }
}
