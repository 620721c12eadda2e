import { v5 } from 'uuid';

/**
 * Derives an id from a name (UUIDv5): the same name in the same namespace is always the same id, in every process and
 * permanently.
 *
 * Join the parts of a name by a character that none of them can contain, else two names may become one.
 *
 * @param namespace - a UUID that is fixed for one kind of name.
 * @throws TypeError when the namespace is not a UUID.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function uuidFromName(name: string, namespace: string): string {
  return v5(name, namespace);
}
