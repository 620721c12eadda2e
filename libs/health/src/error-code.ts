const CODE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

const isCode = (value: unknown): value is string => typeof value === 'string' && CODE.test(value);

/**
 * A word for an error that is safe to show to anyone: its `code`, else its name when that says more than "Error".
 *
 * Never the message, which may hold addresses, names and keys.
 */
export function errorCodeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) {
    return 'CHECK_FAILED';
  }

  if ('code' in error && isCode(error.code)) {
    return error.code;
  }

  return 'name' in error && isCode(error.name) && error.name !== 'Error' ? error.name : 'CHECK_FAILED';
}
