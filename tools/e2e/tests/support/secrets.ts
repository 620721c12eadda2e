import type { Sent } from '@cnop/e2e';

const secretFields = new Set(['password', 'currentPassword', 'newPassword', 'email', 'accessToken', 'refreshToken']);

/** Shorter texts may stand in a log by chance: the fuzz sends such as passwords. */
const leastLength = 12;

/** Collects every password, token and address that goes to and fro. */
export function collectSecrets() {
  const secrets = new Set<string>();
  /** What was sent in the open: the fuzz may send the same text as a password, too. */
  const requestIds = new Set<string>();
  const note = (text: unknown) => {
    if (typeof text === 'string' && text.length >= leastLength) secrets.add(text);
  };
  const noteFields = (body: unknown) => {
    for (const [name, value] of Object.entries(Object(body) as object)) if (secretFields.has(name)) note(value);
  };

  return {
    note,
    onExchange: ({ token, body, headers }: Sent, answered: unknown) => {
      requestIds.add(headers?.['x-request-id'] ?? '');
      note(token);
      noteFields(body);
      noteFields(answered);
    },
    /** How many there are, and those that a text holds. */
    count: () => secrets.size,
    leakedIn: (text: string) => [...secrets].filter((secret) => !requestIds.has(secret) && text.includes(secret)),
  };
}
