import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { names } from '@nx/devkit';

/** Every form in which the generated code and the documents write the name of an entity. */
export type EntityNames = ReturnType<typeof entityNames>;

/** An entity that is made. */
export interface NewEntity extends EntityNames {
  /** Whether each one has an owner, in whose partition it is stored, and a list by owner. */
  readonly owned: boolean;
}

/** The forms of a name in the singular, such as `price-alert`. The plural is the regular one unless given. */
export function entityNames(entity: string, plural: string = pluralOf(entity)) {
  const { propertyName: prop, className: Class, constantName: CONST } = names(entity);
  const words = entity.replaceAll('-', ' ');
  const wordsPlural = plural.replaceAll('-', ' ');
  const a = /^([aeio]|u(?!ni|s))/.test(entity) ? 'an' : 'a';

  return {
    /** `price-alert`: in the names of files. */
    file: entity,
    /** `priceAlert`: of values and functions. */
    prop,
    /** `PriceAlert`: of classes and types. */
    Class,
    /** `PRICE_ALERT`: in keys and error codes. */
    CONST,
    /** `price alert`: in sentences. */
    words,
    /** `a` or `an`, and the same at the beginning of a sentence. */
    ...{ a, A: capitalised(a) },
    filePlural: plural,
    wordsPlural,
    WordsPlural: capitalised(wordsPlural),
  };
}

/** The regular plural of an English word: orders, addresses, categories. */
export function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * Refuses a name that the language, the workspace or the generated code itself uses for something else. Its form is a matter of the
 * schemas of the generators.
 *
 * @throws a plain Error that says so.
 */
export function assertNotReserved(name: string): void {
  const { prop, Class } = entityNames(name);

  if ([prop, Class].some((word) => reservedNames.has(word) || word in globalThis) || !isIdentifier(prop)) {
    throw new Error(`'${name}' is reserved: the language or the workspace uses it for something else.`);
  }
}

function isIdentifier(word: string): boolean {
  try {
    return Boolean(new Script(`'use strict'; async () => { let ${word}; };`));
  } catch {
    return false;
  }
}

/** What names something else in the workspace: tags, folders and entry points. */
const workspace =
  'common core dao domain entities entity examples flow index page src shared table testing tests tool tools';

/** Types of the language. Its values, such as `Map`, are found in the global object. */
const types =
  'Awaited Capitalize Exclude Extract NonNullable Omit Parameters Partial Pick Readonly Record Required ReturnType';

/** Every word of the templates of libraries but for comments and texts: what the generated code declares or imports. */
const generated = globSync('files/{domain,entity}/**/*.ts.template', { cwd: import.meta.dirname })
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .flatMap((text) => text.replaceAll(/\/\*[^]*?\*\/|\/\/.*|'[^']*'/g, '').match(/\w+/g) ?? []);

/** Names that no domain and no entity may have, as the code would write them. */
const reservedNames: ReadonlySet<string> = new Set([...workspace.split(' '), ...types.split(' '), ...generated]);
