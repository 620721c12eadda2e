import { toMinor } from '@cnop/utils';

/** The attributes whose name ends in `Minor` are bigint, whichever way they were read. */
export type Decoded<TAttributes> = {
  [TName in keyof TAttributes]: TName extends `${string}Minor`
    ? Exclude<TAttributes[TName], number>
    : TAttributes[TName];
};

/**
 * Makes a bigint of every amount, that is of every attribute named `…Minor`. All other numbers are scales and versions: exact integers too.
 *
 * @throws a plain Error naming the attribute when a number is not an exact integer.
 */
export function decodeNumbers<TAttributes extends object>(attributes: TAttributes): Decoded<TAttributes> {
  const decoded = Object.entries(attributes).map(([name, value]: [string, unknown]) => [name, decode(name, value)]);

  return Object.fromEntries(decoded) as Decoded<TAttributes>;
}

function decode(name: string, stored: unknown): unknown {
  if (typeof stored === 'number' && !Number.isSafeInteger(stored)) {
    throw new Error(`attribute '${name}' is not an exact integer`);
  }
  return name.endsWith('Minor') ? toMinor(stored as number | bigint) : stored;
}
