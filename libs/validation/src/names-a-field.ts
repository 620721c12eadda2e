/** Whether an update names anything to change; a field given as `undefined` does not count. */
export function namesAField(update: object): boolean {
  return Object.values(update).some((value) => value !== undefined);
}
