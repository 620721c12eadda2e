import type { Sent } from './client.ts';

const secretFields = new Set(['password', 'currentPassword', 'newPassword', 'email', 'accessToken', 'refreshToken']);

/** A log may contain a shorter text by chance: the fuzz sends some as passwords. */
const leastLength = 12;

/** Collects every password, token and address that is sent or received. */
export function collectSecrets() {
  const secrets = new Set<string>();
  /** What was sent openly: the fuzz may send the same text as a password, too. */
  const requestIds = new Set<string>();
  const note = (text: unknown) => {
    if (typeof text === 'string' && text.length >= leastLength) secrets.add(text);
  };
  const noteFields = (body: unknown) => {
    for (const [name, value] of Object.entries(Object(body) as object)) if (secretFields.has(name)) note(value);
  };

  return {
    note,
    onExchange: ({ token, body, headers }: Sent, received: unknown) => {
      requestIds.add(headers?.['x-request-id'] ?? '');
      note(token);
      noteFields(body);
      noteFields(received);
    },
    count: () => secrets.size,
    leakedIn: (text: string) => [...secrets].filter((secret) => !requestIds.has(secret) && text.includes(secret)),
  };
}
