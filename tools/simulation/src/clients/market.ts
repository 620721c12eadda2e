/** The one asset that is traded, and what it is traded in. */
export const market = { assetId: 'GOLD', decimals: 3, priceScale: 2, currency: 'USD', currencyScale: 2 } as const;

/** The name of an account. */
export const accountName = (account: number): string => `user-${account}`;

/** The key under which a step does what it does, however often it is tried. */
export const keyOfStep = ({ id }: { readonly id: number }): string => `step-${id}`;
