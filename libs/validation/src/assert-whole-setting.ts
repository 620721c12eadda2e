import { sharedErrors } from '@cnop/exceptions';

/**
 * Refuses an option that is not a whole number in its range.
 *
 * @throws {@link sharedErrors.ConfigurationError} naming the setting and the range.
 */
export function assertWholeSetting(
  setting: string,
  value: number,
  { from, to }: { readonly from: number; readonly to?: number },
): void {
  if (Number.isSafeInteger(value) && value >= from && value <= (to ?? value)) return;

  const range = to === undefined ? `from ${from}` : `from ${from} to ${to}`;
  throw new sharedErrors.ConfigurationError({ settings: [{ setting, rule: `must be a whole number ${range}` }] });
}
