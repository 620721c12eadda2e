import { jsonBodies, problemDetails } from '@cnop/middleware';
import fc from 'fast-check';
import { plainServer } from '../support/plain-server.ts';

async function bodyServer(maxDepth?: number) {
  const { service } = plainServer();
  const handler = jest.fn(({ body }: { body: unknown }) => ({ body }));
  await service.register(problemDetails);
  await service.register(jsonBodies, { maxDepth });
  service.post('/it', handler);
  const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    service.inject({
      method: 'POST',
      url: '/it',
      payload,
      headers: { 'content-type': 'application/json', ...headers },
    });

  return { post, handler, service };
}

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

describe('jsonBodies', () => {
  it.each([
    '{"a":{"b":[1,{"c":null}]},"b":[]}',
    '[{"a":1},{"a":1}]',
    '"text"',
    'null',
    ' {"__proto":1,"constructors":2,"prototype":3} ',
    '{"emoji":"😀","escaped":"\\ud83d\\ude00"}',
    nested(16, '[', ']'),
  ])('reads %s', async (text) => {
    const { post } = await bodyServer();

    const answer = await post(text);

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ body: JSON.parse(text) as unknown });
  });

  it.each([
    ['duplicate_key', '/a', '{"a":1,"a":2}'],
    ['duplicate_key', '/a', '{"a":1,"\\u0061":1}'],
    ['duplicate_key', '/x/1/a~1b', '{"x":[0,{"a/b":1,"c":{},"a/b":1}]}'],
    ['forbidden_key', '/__proto__', '{"__proto__":{"role":"ADMIN"}}'],
    ['forbidden_key', '/__proto__', '{"\\u005f_proto__":1}'],
    ['forbidden_key', '/a/0/constructor', '{"a":[{"constructor":{"prototype":{}}}]}'],
    ['too_deep', '/0'.repeat(16), nested(17, '[', ']')],
    ['too_deep', '/a'.repeat(16), `${'{"a":'.repeat(17)}1${'}'.repeat(17)}`],
    ['too_deep', '/0'.repeat(16), '['.repeat(16_000)],
    ['invalid_text', '/a', '{"a":"\\ud800"}'],
    ['invalid_text', '', '{"\\udc00":1}'],
    ['invalid_json', '', '{"a":1'],
    ['invalid_json', '', "{'a':1}"],
    ['invalid_json', '', '{"a":1,}'],
    ['invalid_json', '', '{"a":1} {"a":2}'],
    ['invalid_json', '', '{"a":1} // no comment'],
    ['invalid_json', '', '{"a":NaN}'],
    ['invalid_json', '', '{"a":01}'],
  ])('refuses %s at %p: %s', async (rule, pointer, text) => {
    const { post, handler } = await bodyServer();

    const answer = await post(text);

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ rule, pointer }] });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    [Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])],
    [Buffer.from('{"a":"é"}', 'latin1')],
    [Buffer.from('{"a":1}', 'utf16le')],
    [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ])('refuses what is no UTF-8: %j', async (body) => {
    const { post, handler } = await bodyServer();

    const answer = await post(body);

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    ['content-type', 'text/plain'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['content-type', 'multipart/form-data; boundary=x'],
    ['content-type', 'application/json; charset=utf-16'],
    ['content-type', 'application/json;charset="latin1"'],
    ['content-type', 'nonsense'],
    ['content-encoding', 'gzip'],
    ['content-encoding', 'identity, br'],
  ])('refuses the kind of body %s: %s', async (name, value) => {
    const { post, handler } = await bodyServer();

    const answer = await post('{}', { [name]: value });

    expect(answer.statusCode).toBe(415);
    expect(answer.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each(['application/json; charset=utf-8', 'application/json; charset="UTF-8"', 'Application/JSON'])(
    'takes the kind of body %p',
    async (type) => {
      const { post } = await bodyServer();

      expect((await post('{}', { 'content-type': type })).statusCode).toBe(200);
    },
  );

  it('refuses an empty body that is said to be JSON, and takes none at all', async () => {
    const { post, service } = await bodyServer();

    expect((await post('')).statusCode).toBe(400);
    expect((await service.inject({ method: 'POST', url: '/it' })).statusCode).toBe(200);
  });

  it('refuses a body beyond the limit', async () => {
    const { post } = await bodyServer();

    const fits = await post(`"${'x'.repeat(16_382)}"`);
    const tooLarge = await post(`"${'x'.repeat(16_383)}"`);

    expect([fits.statusCode, tooLarge.statusCode]).toEqual([200, 413]);
    expect(tooLarge.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('reads every document as JSON.parse does, or refuses it', async () => {
    const { post } = await bodyServer();
    const plain = (value: unknown): boolean =>
      !/"__proto__"|"constructor"/.test(JSON.stringify(value)) && !/\p{Surrogate}/u.test(JSON.stringify(value));

    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }).filter(plain), async (value) => {
        const text = JSON.stringify(value);

        const answer = await post(text);

        expect(answer.json()).toEqual({ body: JSON.parse(text) as unknown });
      }),
    );
  });

  it('never fails for what a stranger sends', async () => {
    const { post } = await bodyServer();
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((array) => Buffer.from(array));
    const tokens = fc
      .array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"__proto__"', '1', 'null', '"', '\\', ' ', '//'))
      .map((parts) => Buffer.from(` ${parts.join('')}`));

    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, tokens), async (body) => {
        const { statusCode } = await post(body);

        expect([200, 400]).toContain(statusCode);
      }),
      { numRuns: 500 },
    );
  });
});
