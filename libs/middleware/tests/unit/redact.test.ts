import { redactLine } from '@cnop/middleware';
import fc from 'fast-check';
import { countSteps } from '../support/count-steps.ts';

const line = (value: object) => `${JSON.stringify(value)}\n`;
const secret = 'hunter2-correct-horse';

describe('redactLine', () => {
  it.each([
    'password',
    'currentPassword',
    'passwordHash',
    'token',
    'accessToken',
    'refresh_token',
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'x-api-key',
    'clientSecret',
    'privateKey',
    'email',
    'eMail',
  ])('hides the field %s at any depth', (name) => {
    const shown = redactLine(line({ a: [{ b: { [name]: secret } }], [name]: { inner: secret } }));

    expect(shown).not.toContain(secret);
    expect(JSON.parse(shown)).toEqual({ a: [{ b: { [name]: '[redacted]' } }], [name]: '[redacted]' });
  });

  it.each([
    `login failed: {"username":"ada","password":"${secret}"}`,
    `sent ${JSON.stringify(JSON.stringify({ password: `${secret}"${secret}`, refreshToken: secret }))}`,
    `{"password":"quote \\" ${secret}"}`,
    `{ password: '${secret}' }`,
    `password=${secret}&next=1`,
    `token: ${secret}`,
    `{"accessToken":"${secret}`,
    `Authorization: Bearer ${secret}`,
    `authorization: Digest username="x", response=${secret}`,
    `bearer ${secret}`,
    `Cookie: theme=dark; sid=${secret}`,
    `GET /v1/orders?session=${secret} failed`,
    `GET http://127.0.0.1/x?a=1&b=${secret}#top`,
    `hash $argon2id$v=19$m=19456,t=2,p=1$${secret}`,
    `unexpected eyJhbGciOiJFZERTQSJ9.${secret}.${secret}`,
    `mail to ${secret}@example.com bounced`,
    `GET /v1/users/${secret}%40example.co.uk`,
    `<${secret}@sub.example.com>`,
  ])('hides the secret in the text %p', (msg) => {
    const shown = redactLine(line({ msg, err: { stack: `Error: ${msg}\n    at x.ts:1:1` } }));

    expect(shown).not.toContain(secret);
    expect(() => JSON.parse(shown) as unknown).not.toThrow();
    expect(redactLine(msg)).not.toContain(secret);
  });

  it.each([
    line({ msg: 'request', method: 'GET', route: '/v1/auth/login', status: 200, user: 'ada', requestId: 'r-1' }),
    line({
      stack: 'Error\n    at /app/node_modules/@fastify/static/index.js:1:2\n    at .pnpm/fastify@5.12.8/x.js:3:4',
    }),
    line({ emailVerified: true, tokens: 3, password: null, details: { available: '10.00' } }),
    line({ msg: 'What now? Nothing.' }),
    line({ msg: 'DYNAMODB@http is odd' }),
  ])('leaves %j as it is', (harmless) => {
    expect(redactLine(harmless)).toBe(harmless);
  });

  it('lets no value of a secret field through, whatever it is and wherever it stands', () => {
    const names = fc.constantFrom('password', 'newPassword', 'refreshToken', 'Authorization', 'email');
    const marked = fc.string().map((text) => `${secret}${text}${secret}`);
    const wraps = fc.array(fc.constantFrom('object', 'list', 'json', 'text'), { maxLength: 4 });

    fc.assert(
      fc.property(names, marked, wraps, (name, value, ways) => {
        const wrapped = ways.reduce<unknown>(
          (inner, way) => {
            if (way === 'object') return { inner };
            if (way === 'list') return [inner];
            return way === 'json' && typeof inner === 'object' ? { msg: inner } : inner;
          },
          { [name]: value },
        );

        const shown = redactLine(line({ wrapped }));

        expect(shown).not.toContain(secret);
        expect(() => JSON.parse(shown) as unknown).not.toThrow();
      }),
    );
  });

  it('lets no password or token through that was quoted as JSON in a message', () => {
    const names = fc.constantFrom('password', 'newPassword', 'refreshToken', 'clientSecret');

    fc.assert(
      fc.property(names, fc.string(), fc.boolean(), (name, text, twice) => {
        const once = JSON.stringify({ before: 1, [name]: `${secret}${text}${secret}`, after: 2 });
        const msg = `body was ${twice ? JSON.stringify(once) : once} in the end`;

        expect(redactLine(line({ msg }))).not.toContain(secret);
      }),
    );
  });

  it.each(['?', '@', 'eyJ-', 'a@b.', "password='", 'token:', 'Bearer ', '%40', 'x=?', 'a.'])(
    'looks at a number of characters that grows with the length of a text of %p, not with its square',
    (part) => {
      const steps = (length: number) => {
        const text = line({ msg: part.repeat(length / part.length) });

        return countSteps(() => void redactLine(text));
      };

      // Ten times the length: ten times the steps, 100 times if it were the square.
      expect(steps(20_000) / steps(2_000)).toBeLessThan(12);
    },
  );

  it('is measured by a count that tells a square from a line', () => {
    const steps = (length: number) => countSteps(() => void 'a'.repeat(length).replace(/a+b/g, ''));

    // From each of the 11 positions to the end, which counts too, and back to look for the b.
    expect(steps(10)).toBe(11 + 2 * 55);
    expect(steps(2_000) / steps(200)).toBeGreaterThan(90);
  });
});
