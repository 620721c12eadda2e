export type RequestBody = Readonly<Record<string, unknown>>;

/** One request: the operation's name, as in `PutItem`, and its body. */
export interface StoreRequest {
  readonly operation: string;
  readonly body: RequestBody;
}

export interface StoreAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An error as DynamoDB names it, with whatever else its body says. */
export class StoreError extends Error {
  readonly fields: RequestBody;

  constructor(name: string, message: string, fields: RequestBody = {}) {
    super(message);
    this.name = name;
    this.fields = fields;
  }
}

export const validationError = (message: string): StoreError => new StoreError('ValidationException', message);

/** Thrown for a request that this store does not model. It ends the run: a wrong answer would be worse than none. */
export class NotModelledError extends Error {
  override readonly name = 'NotModelledError';
}

/** Accepts only the fields that an operation here acts upon. @throws NotModelledError for any other. */
export function assertModelled(operation: string, body: RequestBody, fields: readonly string[]): void {
  const unknown = Object.keys(body).filter((name) => !fields.includes(name) && body[name] !== undefined);

  if (unknown.length > 0) throw new NotModelledError(`${operation} with ${unknown.join(', ')} is not modelled`);
}
