import { ValidationError } from '@cnop/exceptions';
import { visit, type JSONVisitor } from 'jsonc-parser';

/** A member of this name is never a field, only a try at the prototypes of objects. */
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

/** Half a surrogate pair: JSON can write it, UTF-8 cannot. */
const loneSurrogate = /\p{Surrogate}/gu;
const isBroken = (text: string): boolean => text.search(loneSurrogate) >= 0;

/** The parts of a path within a document, as the visitor gives them. */
type Path = readonly (string | number)[];

const refuse = (path: Path, rule: string, message: string): never => {
  throw new ValidationError({ issues: [{ pointer: path.map(toSegment).join(''), rule, message }] });
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
 * @throws {@link ValidationError} with the pointer of the fault.
 */
export function assertPlainJson(text: string, maxDepth: number): void {
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
