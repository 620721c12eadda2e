/** The same object without the properties that are undefined, so that absent is written one way only. */
export function withoutUndefined<TObject extends object>(object: TObject): TObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as TObject;
}
