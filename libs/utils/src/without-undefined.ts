/** The same object without the properties that are undefined: DynamoDB has no such value, and absent is written one way only. */
export function withoutUndefined<TObject extends object>(object: TObject): TObject {
  const defined: Record<string, unknown> = {};

  for (const [name, value] of Object.entries(object)) {
    if (value !== undefined) defined[name] = value;
  }
  return defined as TObject;
}
