import { NotModelledError } from './store-error.ts';

/** A request's body as it was sent. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** Lets through only the fields that an operation here acts upon. @throws NotModelledError for any other. */
export function assertModelled(operation: string, body: RequestBody, fields: readonly string[]): void {
  const unknown = Object.keys(body).filter((name) => !fields.includes(name) && body[name] !== undefined);

  if (unknown.length > 0) throw new NotModelledError(`${operation} with ${unknown.join(', ')} is not modelled`);
}
