import { toMinor } from '@cnop/utils';

/** The attributes whose name ends in `Minor` are bigint, whichever way they were read. */
export type Decoded<TAttributes> = {
  [TName in keyof TAttributes]: TName extends `${string}Minor`
    ? Exclude<TAttributes[TName], number>
    : TAttributes[TName];
};

/**
 * Makes a bigint of every amount, that is of every attribute named `…Minor`.
 *
 * @throws a plain Error naming the attribute when an amount is not an exact integer.
 */
export function decodeMinors<TAttributes extends object>(attributes: TAttributes): Decoded<TAttributes> {
  const decoded = Object.entries(attributes).map(([name, value]: [string, unknown]) => [
    name,
    name.endsWith('Minor') ? decodeMinor(name, value as number | bigint) : value,
  ]);

  return Object.fromEntries(decoded) as Decoded<TAttributes>;
}

function decodeMinor(name: string, stored: number | bigint): bigint {
  try {
    return toMinor(stored);
  } catch (cause) {
    throw new Error(`attribute '${name}' is not an exact integer`, { cause });
  }
}
