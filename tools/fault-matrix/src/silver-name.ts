/** Orders that wait are placed on an asset of their world's own, silver: whole units at 1.00 USD. Facts call it so in every world. */
export const silver = 'SILVER';

/** The text with silver in place of the id that it has in a world. */
export const withSilver = (text: string): string => text.replaceAll(/\bW\d{6}\b/g, silver);
