/** Matches an error by its name. */
export const errorNamed = (name: string): Error => expect.objectContaining({ name }) as Error;
