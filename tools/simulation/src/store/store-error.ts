/** An answer that DynamoDB gives instead of a result: by its name, with the HTTP status and whatever else its body says. */
export class StoreError extends Error {
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = name === 'InternalServerError' ? 500 : 400;
    this.fields = fields;
  }
}

/** A request that DynamoDB would not accept. */
export const validationError = (message: string): StoreError => new StoreError('ValidationException', message);

/** Thrown for a request that this store does not model. It ends the run: a wrong answer would be worse than none. */
export class NotModelledError extends Error {
  override readonly name = 'NotModelledError';
}
