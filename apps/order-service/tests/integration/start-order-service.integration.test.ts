import { createTokenIssuer, generateSigningKey, publishKeys } from '@cnop/middleware';
import { startService } from '@cnop/middleware/service';
import { orderService } from '@cnop/order-service';
import { eventually } from '@cnop/testing';
import { fastify } from 'fastify';
import { buyTwo, parties, useOrderApp } from '../support/order-app.ts';
import { openEvents, type ReceivedEvent } from '../support/read-events.ts';

const { env, trader, service } = useOrderApp();
const silent = { ...env, HOST: '127.0.0.1', PORT: '0', CNOP_LOG_LEVEL: 'silent', CNOP_TOKEN_ISSUER: parties.issuer };

describe('the order service, started', () => {
  it('serves orders with the keys that the address publishes and at the configured fee, until it is stopped', async () => {
    const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey('ES256')] } });
    const keyServer = fastify();
    await keyServer.register(publishKeys, { issuer });
    const keys = await keyServer.listen({ port: 0, host: '127.0.0.1' });
    const { url, stop } = await startService(orderService, {
      ...silent,
      CNOP_FEE_BPS: '25',
      CNOP_JWKS_URL: `${keys}/.well-known/jwks.json`,
    });
    const username = await trader();
    const { accessToken } = await issuer.issue({ username, role: 'customer', sessionEpoch: 0 });

    const order = await fetch(`${url}/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify(buyTwo),
    });
    await stop();

    expect(order.status).toBe(201);
    expect(await order.json()).toMatchObject({ notional: '50.00', feeBps: 25, fee: '0.13' });
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    await keyServer.close();
  });

  it('tells of changes of orders where it is the process that does, and ends with open streams', async () => {
    const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey('ES256')] } });
    const keyServer = fastify();
    await keyServer.register(publishKeys, { issuer });
    const { url, stop } = await startService(orderService, {
      ...silent,
      CNOP_ORDER_EVENTS: 'process',
      CNOP_JWKS_URL: `${await keyServer.listen({ port: 0, host: '127.0.0.1' })}/.well-known/jwks.json`,
    });
    const username = await trader();
    const { accessToken } = await issuer.issue({ username, role: 'customer', sessionEpoch: 0 });
    const headers = { authorization: `Bearer ${accessToken}` };
    const place = () =>
      fetch(`${url}/v1/orders`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ ...buyTwo, quantity: '0.01' }),
      });

    const client = await openEvents(`${url}/v1/orders/stream`, headers);
    let received: ReceivedEvent | undefined;
    void client.next().then((event) => (received = event));
    // What was written before the first look at the stream is not told.
    await eventually('an order is told of', async () => (await place()).ok && received !== undefined);
    await stop();

    expect(received).toMatchObject({ event: 'order', data: { username, status: 'COMPLETED' } });
    await keyServer.close();
  });

  it('answers 503 while the keys cannot be read', async () => {
    const issuer = await createTokenIssuer({ ...parties, keys: { keys: [await generateSigningKey()] } });
    const { url, stop } = await startService(orderService, {
      ...silent,
      CNOP_JWKS_URL: 'http://127.0.0.1:9/jwks',
    });
    const { accessToken } = await issuer.issue({ username: await trader(), role: 'customer', sessionEpoch: 0 });

    const answer = await fetch(`${url}/v1/orders`, { headers: { authorization: `Bearer ${accessToken}` } });
    await stop();

    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'SIGNING_KEYS_UNAVAILABLE', retryable: true });
  });

  it.each([
    ['CNOP_TABLE_USERS', undefined, 'is required'],
    ['AWS_REGION', '', 'is required'],
    ['DYNAMODB_ENDPOINT', 'nowhere', 'must be an http or https URL'],
    ['PORT', 'x', 'must be a port number'],
    ['CNOP_JWKS_URL', undefined, 'is required'],
    ['CNOP_TOKEN_ISSUER', 'nobody', 'must be an http or https URL'],
    ['CNOP_MAX_PRICE_AGE_MS', '0', 'must be a positive whole number'],
    ['CNOP_COLLAR_BPS', '10001', 'must be a whole number from 0 to 10000'],
    ['CNOP_MAX_OPEN_ORDERS', '0', 'must be a positive whole number'],
    ['CNOP_MAX_ORDER_LIFE_DAYS', '91', 'must be a whole number from 1 to 90'],
    ['CNOP_EXPIRY_SHARDS', '65', 'must be a whole number from 1 to 64'],
    ['CNOP_ORDER_EVENTS', 'redis', 'must be process, or missing'],
    ['CNOP_FEE_BPS', '1001', 'must be a whole number from 0 to 1000'],
    ['CNOP_FEE_BPS', '2.5', 'must be a whole number from 0 to 1000'],
  ])('names the variable %s when it is %p', async (setting, value, rule) => {
    const started = startService(orderService, {
      ...silent,
      CNOP_JWKS_URL: 'http://127.0.0.1:9/jwks',
      [setting]: value,
    });

    await expect(started).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting, rule }] },
    });
  });
});

describe('the order service', () => {
  it('is healthy while its three tables are there', async () => {
    const report = await eventually('it is healthy', async () => {
      const answer = await service().inject('/health');
      return answer.statusCode === 200 && answer.json<object>();
    });

    expect(report).toMatchObject({ status: 'pass' });
  });
});
