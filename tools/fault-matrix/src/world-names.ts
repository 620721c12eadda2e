/** The names that one run has to itself, so that no run meets another. */
export interface WorldNames {
  readonly username: string;
  /** The address that the user has, or is to have; the one to change to. */
  readonly addresses: readonly [first: string, second: string];
  readonly assetId: string;
  /** Of a thing of any other kind: small letters and digits. */
  readonly itemId: string;
}

/** The names of the n-th world. */
export function worldNames(n: number): WorldNames {
  const number = String(n).padStart(6, '0');

  return {
    username: `w${number}`,
    addresses: [`w${number}@first.example`, `w${number}@second.example`],
    assetId: `W${number}`,
    itemId: `w${number}`,
  };
}

/** The user whose world a text speaks of, if it names one. */
export const usernameIn = (text: string): string | undefined => /\bw\d{6}\b/.exec(text)?.[0];
