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
