import { getBalanceDao } from '@cnop/dao-ledger';
import type {
  BalanceResponse,
  BalanceTransactionListResponse,
  BalanceTransactionResponse,
} from '@cnop/entities-ledger';
import { runParallel } from '@cnop/testing';
import { useUserApp } from '../support/user-app.ts';

const { database, send, post, person } = useUserApp();

const deposit = (token: string, body: object = {}, headers: Record<string, string> = {}) =>
  post<BalanceTransactionResponse>('/v1/deposits', { code: 'USD', amount: '10.00', ...body }, { token, headers });
const withdraw = (token: string, body: object = {}, headers: Record<string, string> = {}) =>
  post<BalanceTransactionResponse>('/v1/withdrawals', { code: 'USD', amount: '4.00', ...body }, { token, headers });
const balance = (token: string, code = 'USD') => send<BalanceResponse>(`/v1/balances/${code}`, { token });

describe('POST /v1/deposits', () => {
  it('is completed at once, and is in the journal and the balance', async () => {
    const { username, accessToken: token } = await person();

    const remarks = { description: 'from the bank', note: 'For the summer', metadata: { batch: '7' } };

    const { status, body } = await deposit(token, remarks);

    expect(status).toBe(201);
    expect(body).toMatchObject({
      username,
      transactionType: 'DEPOSIT',
      status: 'COMPLETED',
      ...remarks,
      postings: [{ code: 'USD', bucket: 'available', amount: '10.00' }],
    });
    expect(await balance(token)).toMatchObject({ status: 200, body: { available: '10.00', totalDeposited: '10.00' } });
    expect(await send(`/v1/transactions/${body.transactionId}`, { token })).toMatchObject({ status: 200, body });
    expect(await send('/v1/transactions', { token })).toMatchObject({ status: 200, body: { items: [remarks] } });
  });

  it('takes effect once under its key, however often it is sent at once', async () => {
    const { accessToken: token } = await person();
    const headers = { 'idempotency-key': 'd-1' };

    const { answers } = await runParallel(6, () => deposit(token, {}, headers));
    const other = await deposit(token, { amount: '10.01' }, headers);
    const same = await deposit(token, { amount: '10.0' }, headers);

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(answers.filter(({ headers: { 'idempotency-replayed': replayed } }) => replayed === 'true')).toHaveLength(5);
    expect(new Set(answers.map(({ body }) => body.transactionId)).size).toBe(1);
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(same).toMatchObject({ status: 201, body: answers[0]!.body });
    expect((await balance(token)).body.available).toBe('10.00');
  });

  it.each([
    [{ amount: 10 }, 400, 'VALIDATION_FAILED'],
    [{ amount: '-1' }, 400, 'VALIDATION_FAILED'],
    [{ amount: '0.00' }, 400, 'VALIDATION_FAILED'],
    [{ amount: '0.001' }, 400, 'AMOUNT_INVALID'],
    [{ amount: '1'.padEnd(30, '0') }, 400, 'AMOUNT_INVALID'],
    [{ code: 'MSFT' }, 400, 'VALIDATION_FAILED'],
    [{ username: 'eve' }, 400, 'VALIDATION_FAILED'],
    [{ status: 'COMPLETED' }, 400, 'VALIDATION_FAILED'],
  ])('refuses %p', async (body, status, code) => {
    const { accessToken: token } = await person();

    const answer = await deposit(token, body);

    expect([answer.status, (answer.body as unknown as { code: string }).code]).toEqual([status, code]);
    expect(await balance(token)).toMatchObject({ status: 404 });
  });

  it('is nobody’s without a token', async () => {
    expect(await post('/v1/deposits', { code: 'USD', amount: '1' })).toMatchObject({ status: 401 });
    expect(await post('/v1/withdrawals', { code: 'USD', amount: '1' })).toMatchObject({ status: 401 });
  });
});

describe('POST /v1/withdrawals', () => {
  it('takes what is available, once under its key', async () => {
    const { accessToken: token } = await person();
    await deposit(token);
    const headers = { 'idempotency-key': 'w-1' };

    const remarks = { note: 'For rent', metadata: { month: '5' } };
    const first = await withdraw(token, remarks, headers);
    const repeat = await withdraw(token, remarks, headers);
    const other = await withdraw(token, {}, headers);

    expect(first).toMatchObject({ status: 201, body: { ...remarks, postings: [{ amount: '-4.00' }] } });
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(repeat).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: first.body });
    expect((await balance(token)).body).toMatchObject({ available: '6.00', totalWithdrawn: '4.00' });
  });

  it('says both figures when it is too much', async () => {
    const { accessToken: token } = await person();
    await deposit(token);

    expect(await withdraw(token, { amount: '10.01' })).toMatchObject({
      status: 422,
      body: { code: 'BALANCE_INSUFFICIENT', details: { available: '10.00', required: '10.01' } },
    });
  });
});

describe('GET /v1/balances', () => {
  it('lists one’s own balances by code', async () => {
    const { accessToken: token } = await person();
    await deposit(token);
    await deposit(token, { code: 'EUR', amount: '5' });

    const { status, body } = await send<{ items: BalanceResponse[] }>('/v1/balances', { token });

    expect(status).toBe(200);
    expect(body.items.map(({ code, available }) => [code, available])).toEqual([
      ['EUR', '5.00'],
      ['USD', '10.00'],
    ]);
  });

  it('knows no balance that is not one’s own, and no code that is none', async () => {
    const [rich, poor] = [await person(), await person()];
    await deposit(rich.accessToken);

    expect(await balance(poor.accessToken)).toMatchObject({ status: 404, body: { code: 'BALANCE_NOT_FOUND' } });
    expect(await balance(poor.accessToken, 'usd%23x')).toMatchObject({ status: 400 });
    expect(await send('/v1/balances')).toMatchObject({ status: 401 });
    expect(await send('/v1/balances/USD')).toMatchObject({ status: 401 });
  });
});

describe('GET /v1/transactions', () => {
  const list = (token: string, query = '') =>
    send<BalanceTransactionListResponse>(`/v1/transactions${query}`, { token });

  it('lists the journal newest first, page by page, by type, status and code', async () => {
    const { accessToken: token } = await person();
    const ids = [];
    for (const amount of ['1', '2', '3']) ids.unshift((await deposit(token, { amount })).body.transactionId);
    const { body: out } = await withdraw(token, { amount: '1' });

    const first = await list(token, '?limit=3');
    const second = await list(token, `?limit=3&cursor=${first.body.nextCursor}`);

    expect([...first.body.items, ...second.body.items].map(({ transactionId }) => transactionId)).toEqual([
      out.transactionId,
      ...ids,
    ]);
    expect((await list(token, '?type=WITHDRAW')).body.items).toEqual([out]);
    expect((await list(token, '?status=PENDING')).body.items).toEqual([]);
    expect((await list(token, '?code=EUR')).body.items).toEqual([]);
    expect((await list(token, '?code=USD&status=COMPLETED&type=DEPOSIT')).body.items).toHaveLength(3);
  });

  it('refuses cursors of others, and knows no entries of others', async () => {
    const [one, other] = [await person(), await person()];
    const { body } = await deposit(one.accessToken);
    await deposit(one.accessToken);
    const { nextCursor } = (await list(one.accessToken, '?limit=1')).body;

    expect(await list(other.accessToken, `?limit=1&cursor=${nextCursor}`)).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
    expect(await list(one.accessToken, `?limit=1&type=DEPOSIT&cursor=${nextCursor}`)).toMatchObject({ status: 400 });
    expect(await send(`/v1/transactions/${body.transactionId}`, { token: other.accessToken })).toMatchObject({
      status: 404,
      body: { code: 'TRANSACTION_NOT_FOUND' },
    });
    expect((await list(other.accessToken)).body).toEqual({ items: [] });
  });

  it.each(['?limit=0', '?type=deposit', '?status=DONE', '?code=%23', '?username=eve', '?cursor='])(
    'refuses %s',
    async (query) => {
      expect(await list((await person()).accessToken, query)).toMatchObject({ status: 400 });
    },
  );

  it.each(['x', '01ARZ3NDEKTSV4RRFFQ69G5FA', 'TXN%2301ARZ3NDEKTSV4RRFFQ69G5FAV'])('refuses the id %s', async (id) => {
    const { accessToken: token } = await person();

    expect(await send(`/v1/transactions/${id}`, { token })).toMatchObject({ status: 400 });
  });
});

describe('GET /v1/portfolio', () => {
  it('shows cash, each holding at the present price with its time, and totals', async () => {
    const { username, accessToken: token } = await person();
    await deposit(token);
    await getBalanceDao(database).createTransaction({
      owner: username,
      transactionType: 'SYSTEM_ADJUSTMENT',
      code: 'MSFT',
      scale: 3,
      amountMinor: 2_000n,
    });

    const { status, body } = await send('/v1/portfolio', { token });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      cash: [{ available: '10.00' }],
      holdings: [{ assetId: 'MSFT', price: '25.00', priceAsOf: expect.stringMatching(/Z$/) as string }],
    });
    expect(JSON.stringify(body)).toContain('60.00');
    expect(await send('/v1/portfolio')).toMatchObject({ status: 401 });
  });
});
