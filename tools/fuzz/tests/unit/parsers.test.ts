import * as database from '@cnop/database-core';
import * as middleware from '@cnop/middleware';
// eslint-disable-next-line no-restricted-imports -- the names of its functions are read, none is called
import * as utils from '@cnop/utils';
import * as validation from '@cnop/validation';
import { entitiesLibraries } from '../support/entities/entities-libraries.ts';
import { environmentReaders } from '../support/environment-readers.ts';
import { itemReaders } from '../support/item-readers.ts';
import { keyParsers } from '../support/key-parsers.ts';
import { textParsers } from '../support/text-parsers.ts';

const fuzzed = [...textParsers, ...keyParsers, ...itemReaders, ...environmentReaders];
/** How the house names what reads outside input. `parseInput` is what the suite of the schemas reads with. */
const parserName = /^(?:(?:parse|decode|from)[A-Z]\w*|\w+OfKey|\w+FromEnv|\w+Extras|\w+GuardOf|toMinor)$/;
const elsewhere = ['parseInput'];

const entities = Object.entries(entitiesLibraries).flatMap(([name, { model, table }]): [string, object][] => [
  [name, model],
  [`${name}/table`, table],
]);

const parsersOf = (module: object) => Object.keys(module).filter((name) => parserName.test(name));

it.each([...Object.entries({ utils, validation, database, middleware }), ...entities])(
  'fuzzes every parser of %s',
  (_name, module) => {
    const covered = [...fuzzed.map(({ name }) => name), ...elsewhere];

    expect(parsersOf(module).filter((name) => !covered.includes(name))).toEqual([]);
  },
);

describe.each(fuzzed)('$name', ({ promise, check }) => {
  it(promise, check);
});
