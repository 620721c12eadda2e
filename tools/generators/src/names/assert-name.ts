import { entityNames } from './entity-names.ts';
import { reservedNames } from './reserved-names.ts';

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
