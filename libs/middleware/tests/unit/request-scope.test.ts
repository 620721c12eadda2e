import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { currentRequest, requestScope } from '@cnop/middleware';
import { plainServer } from '../support/plain-server.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('requestScope', () => {
  const scopedServer = async () => {
    const { service } = plainServer();
    await service.register(requestScope);
    service.get('/id', () => ({ id: currentRequest()?.requestId }));
    return service;
  };

  it.each(['a', 'req-1', 'A.b_c~d-9', 'x'.repeat(64)])('takes the id %p over and returns it', async (id) => {
    const service = await scopedServer();

    const answer = await service.inject({ url: '/id', headers: { 'x-request-id': id } });

    expect(answer.headers['x-request-id']).toBe(id);
    expect(answer.json()).toEqual({ id });
  });

  it.each(['', ' ', 'a b', 'x'.repeat(65), 'a"b', 'é', '../x', 'a,b', 'a;b', '{}', 'a\tb'])(
    'draws a new id in place of %p',
    async (id) => {
      const service = await scopedServer();

      const answer = await service.inject({ url: '/id', headers: { 'x-request-id': id } });

      expect(answer.headers['x-request-id']).toMatch(uuid);
      expect(answer.json()).toEqual({ id: answer.headers['x-request-id'] });
    },
  );

  it.each(['a\r\nSet-Cookie: x=1', 'a\nX: y', 'a\0b', 'a\rb'])(
    'lets no header be injected by %j over a real socket',
    async (id) => {
      const service = await scopedServer();
      await service.listen({ port: 0, host: '127.0.0.1' });
      const socket = connect((service.server.address() as AddressInfo).port, '127.0.0.1');

      socket.write(`GET /id HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\nConnection: close\r\n\r\n`);
      const [head = ''] = (await text(socket)).split('\r\n\r\n');

      expect(head).not.toMatch(/^(set-cookie|x|y):/im);
      expect(head).not.toMatch(/^x-request-id: [\w.~-]*[^\w.~\r-]/im);
    },
  );

  it('draws a new id when the header comes twice', async () => {
    const service = await scopedServer();
    const url = await service.listen({ port: 0, host: '127.0.0.1' });

    const answer = await fetch(`${url}/id`, {
      headers: [
        ['x-request-id', 'a'],
        ['x-request-id', 'b'],
      ],
    });

    expect(answer.headers.get('x-request-id')).toMatch(uuid);
  });

  it('knows each of many requests at once, also after its body was read', async () => {
    const service = await scopedServer();
    const ids = Array.from({ length: 20 }, (_, index) => `req-${index}`);
    let missing = ids.length;
    let open = (): void => undefined;
    const allArrived = new Promise<void>((resolve) => (open = resolve));
    service.post('/late', async () => {
      missing -= 1;
      if (missing === 0) open();
      await allArrived;
      return { id: currentRequest()?.requestId };
    });
    const url = await service.listen({ port: 0, host: '127.0.0.1' });

    const answers = await Promise.all(
      ids.map(async (id) => {
        const headers = { 'x-request-id': id, 'content-type': 'application/json' };
        const answer = await fetch(`${url}/late`, { method: 'POST', headers, body: JSON.stringify({ id }) });
        return ((await answer.json()) as { id: string }).id;
      }),
    );

    expect(answers).toEqual(ids);
  });

  it('knows no request outside of one', () => {
    expect(currentRequest()).toBeUndefined();
  });
});
