import { isDomainError } from '@cnop/exceptions';
import fc from 'fast-check';
import { hostileValues } from '../../src/hostile-values.ts';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { isPolluted } from '../support/clean-data.ts';
import { publicMethods, targets, type PublicMethod } from '../support/public-methods.ts';

/** Actions and guards are made by flows, of what they have checked; the clock is no method. */
const notForClients = /^(?:constructor|clock|\w+Action|\w+Guard)$/;

const methodsOf = (target: object) =>
  [...Object.keys(target), ...Object.getOwnPropertyNames(Object.getPrototypeOf(target))].filter(
    (name) => !(name in Object.prototype) && !notForClients.test(name),
  );

/** The code of the error that a call ends with; a call that nothing is wrong with meets a database without tables. */
async function codeOf({ call }: PublicMethod, args: readonly unknown[]): Promise<string> {
  try {
    await call(...(args as never[]));
  } catch (error) {
    return isDomainError(error) ? error.code : `no DomainError but ${String(error)}`;
  }
  return 'none';
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length < 5;

it.each(Object.entries(targets))('knows every method of %s that takes what a client sent', (name, target) => {
  const known = publicMethods.map((method) => method.name);

  expect(methodsOf(target).filter((method) => !known.includes(`${name}.${method}`))).toEqual([]);
});

describe.each(publicMethods)('$name', (method) => {
  it('takes its example as far as the database', async () => {
    const args = JSON.stringify(method.args, (_, value: unknown) => (typeof value === 'bigint' ? 'bigint' : value));
    const hasCursor = args.includes('"cursor"');

    expect(await codeOf(method, method.args)).toBe(hasCursor ? 'CURSOR_INVALID' : 'DATABASE_ERROR');
  });

  it('ends with a DomainError, whatever it is given', async () => {
    const inputs = fc.oneof(
      {
        weight: 3,
        arbitrary: spoil(method.args)
          .map(({ value }) => value)
          .filter(isList),
      },
      { weight: 1, arbitrary: fc.array(hostileValues, { minLength: 0, maxLength: 2 }) },
    );

    await fc.assert(
      fc.asyncProperty(inputs, async (args) => {
        expect(await codeOf(method, args)).toMatch(/^(?:none|[A-Z_]+)$/);
        expect(isPolluted()).toBe(false);
      }),
      runs(100),
    );
  });
});
