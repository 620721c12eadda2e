import { names } from '@nx/devkit';

/** Every form in which the generated code and the documents write the name of an entity. */
export interface EntityNames {
  /** `price-alert`: in the names of files. */
  readonly file: string;
  /** `priceAlert`: of values and functions. */
  readonly prop: string;
  /** `PriceAlert`: of classes and types. */
  readonly Class: string;
  /** `PRICE_ALERT`: in keys and error codes. */
  readonly CONST: string;
  /** `price alert`: in sentences. */
  readonly words: string;
  /** `Price alert`: at their beginning. */
  readonly Words: string;
  /** `a` or `an`. */
  readonly a: string;
  /** The same at the beginning of a sentence. */
  readonly A: string;
  readonly filePlural: string;
  readonly propPlural: string;
  readonly ClassPlural: string;
  readonly wordsPlural: string;
  readonly WordsPlural: string;
}

/** The forms of a name in the singular, such as `price-alert`. The plural is the regular one unless given. */
export function entityNames(entity: string, plural: string = pluralOf(entity)): EntityNames {
  const one = names(entity);
  const many = names(plural);
  const words = entity.replaceAll('-', ' ');
  const wordsPlural = plural.replaceAll('-', ' ');

  return {
    file: entity,
    prop: one.propertyName,
    Class: one.className,
    CONST: one.constantName,
    words,
    Words: capitalised(words),
    ...articles(entity),
    filePlural: plural,
    propPlural: many.propertyName,
    ClassPlural: many.className,
    wordsPlural,
    WordsPlural: capitalised(wordsPlural),
  };
}

const articles = (word: string): Pick<EntityNames, 'a' | 'A'> =>
  /^([aeio]|u(?!ni|s))/.test(word) ? { a: 'an', A: 'An' } : { a: 'a', A: 'A' };

/** The regular plural of an English word: orders, addresses, categories. */
export function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const pattern = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;
const lengthAtMost = 30;

/**
 * Refuses a name that the generated code could not bear.
 *
 * @param what - what it names, for the message: `domain`, `entity`, `plural`.
 * @throws a plain Error that says what is wrong with it.
 */
export function assertName(what: string, name: string): void {
  if (!pattern.test(name)) {
    throw new Error(
      `'${name}' cannot be the name of ${what === 'entity' ? 'an' : 'a'} ${what}: ` +
        'use lower-case letters and digits, words parted by single hyphens, each beginning with a letter.',
    );
  }
  if (name.length > lengthAtMost) {
    throw new Error(`'${name}' is too long for the name of the ${what}: it has at most ${lengthAtMost} characters.`);
  }
  if (isReserved(name))
    throw new Error(`'${name}' is reserved: the language or the workspace uses it for something else.`);
}

/**
 * Refuses the names of an entity if the code could not bear one of them, or could not tell them apart.
 *
 * @throws a plain Error that says what is wrong.
 */
export function assertEntityNames(entity: string, plural: string): void {
  assertName('entity', entity);
  assertName('plural', plural);
  if (entity === plural) throw new Error(`The plural of ${entity} is the same: give another one with --plural.`);
}

function isReserved(name: string): boolean {
  const { prop, Class } = entityNames(name, name);

  return reservedNames.has(prop) || reservedNames.has(Class) || prop in globalThis || Class in globalThis;
}

const words = `
  abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do
  else enum eval export extends false finally for from function get global if implements import in infer instanceof interface
  is keyof let module namespace never new null number object of package private protected prototype public readonly require return
  satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown using var void
  while with yield
`;

/** Types of the language. Values of the language, such as `Map`, are found in the global object. */
const types =
  'Awaited Capitalize Exclude Extract NonNullable Omit Parameters Partial Pick Readonly Record Required ReturnType';

/** What names something else in the workspace: tags, folders and entry points. */
const workspace =
  'common core dao domain entities entity examples flow index src shared table testing tests tool tools';

/** What the generated code itself declares or imports. */
const generated = `
  name own asked rest halted rename plain required example at read
  add and answer answers asFirst attributes attribute attributeNames binding cause change changes clock code codes connection
  context create created createdAt creates creation cursor cursorOf data database DatabaseOptions description details domainError
  DomainError each earlierAttemptUnknown end entityFuzz entries exampleValues existing expectedVersion expect fact factLine faulty
  fc first found fresh fromItem getDao guard http ids InvalidCursorError item itemId itemSchema items jest key keep keys limit
  list ListQuery looksAt made make matrixRow message more name nextCursor now offline oldItem one opened options or other
  OutcomeUnknownError overrides page Page pages parse parser position present print printed promised property put query raw
  RawItem read readItems reads refusal remove renaming result retry run scene schema second setting source sleep startKey status
  statuses stamp state store stored Store TableShape tableName taken tampered TestStore text texts timestamps trace update updated
  updates updatedAt value ValidationError version VersionConflictError who world worldNames write writeId wrong z
`;

const namesIn = (text: string): string[] => text.trim().split(/\s+/);

/** Names that no domain and no entity may have, as the code would write them. */
const reservedNames: ReadonlySet<string> = new Set([words, types, workspace, generated].flatMap(namesIn));
