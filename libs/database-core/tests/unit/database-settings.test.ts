import { inspect } from 'node:util';
import { databaseSettings } from '@cnop/database-core';
import { readEnvironment, type Environment } from '@cnop/validation';
import { thingsShape } from '../support/test-database.ts';
import { thrownBy } from '../support/thrown-by.ts';

const shapes = ['users', 'orders', 'price-ticks'].map((name) => ({ ...thingsShape, name }));
const read = (env: Environment) => readEnvironment(databaseSettings(shapes), env);
const complete = {
  AWS_REGION: 'eu-west-1',
  CNOP_TABLE_USERS: 'prod-users',
  CNOP_TABLE_ORDERS: 'prod-orders',
  CNOP_TABLE_PRICE_TICKS: 'prod-price-ticks',
};

describe(databaseSettings, () => {
  it('takes the least there must be and leaves the rest to the defaults', () => {
    expect(read(complete)).toEqual({
      region: 'eu-west-1',
      endpoint: undefined,
      tables: { users: 'prod-users', orders: 'prod-orders', 'price-ticks': 'prod-price-ticks' },
      timeouts: { connectMs: undefined, requestMs: undefined },
      retry: { maxAttempts: undefined },
    });
  });

  it('takes every setting there is', () => {
    const options = read({
      ...complete,
      DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
      CNOP_DYNAMODB_CONNECT_TIMEOUT_MS: '250',
      CNOP_DYNAMODB_REQUEST_TIMEOUT_MS: '1500',
      CNOP_DYNAMODB_MAX_ATTEMPTS: '5',
    });

    expect(options).toMatchObject({
      endpoint: 'http://127.0.0.1:8000',
      timeouts: { connectMs: 250, requestMs: 1500 },
      retry: { maxAttempts: 5 },
    });
  });

  it.each(['us-gov-west-1', 'ap-southeast-2', 'us-isob-east-1'])('takes the Region %s', (AWS_REGION) => {
    expect(read({ ...complete, AWS_REGION })).toMatchObject({ region: AWS_REGION });
  });

  it('asks for no table but those that are named', () => {
    const settings = databaseSettings([{ ...thingsShape, name: 'users' }]);

    expect(readEnvironment(settings, { ...complete, CNOP_TABLE_ORDERS: '' }).tables).toEqual({ users: 'prod-users' });
  });

  it('names all that is missing or wrong at once', () => {
    expect(thrownBy(() => read({ CNOP_TABLE_ORDERS: 'x', CNOP_DYNAMODB_MAX_ATTEMPTS: '0' }))).toMatchObject({
      details: {
        settings: [
          { setting: 'AWS_REGION' },
          { setting: 'CNOP_DYNAMODB_MAX_ATTEMPTS' },
          { setting: 'CNOP_TABLE_USERS' },
          { setting: 'CNOP_TABLE_ORDERS' },
          { setting: 'CNOP_TABLE_PRICE_TICKS' },
        ],
      },
    });
  });

  it('says which two variables name one table', () => {
    expect(thrownBy(() => read({ ...complete, CNOP_TABLE_ORDERS: 'prod-users' }))).toMatchObject({
      details: {
        settings: [{ setting: 'CNOP_TABLE_ORDERS', rule: 'must name another table than CNOP_TABLE_USERS' }],
      },
    });
  });

  describe.each(Object.keys(complete))('%s', (name) => {
    it.each([
      ['missing', undefined],
      ['empty', ''],
    ])('is named when it is %s', (_, value) => {
      const reading = () => read({ ...complete, [name]: value });

      expect(thrownBy(reading)).toMatchObject({
        code: 'CONFIGURATION_INVALID',
        details: { settings: [{ setting: name, rule: 'is required' }] },
      });
    });
  });

  it.each([
    ['AWS_REGION', 'somewhere secret'],
    ['DYNAMODB_ENDPOINT', 'ftp://secret'],
    ['DYNAMODB_ENDPOINT', 'secret'],
    ['CNOP_TABLE_USERS', 'secret!'],
    ['CNOP_TABLE_ORDERS', 'x'],
    ['CNOP_TABLE_PRICE_TICKS', 'secret/table'],
    ['CNOP_DYNAMODB_CONNECT_TIMEOUT_MS', 'secret'],
    ['CNOP_DYNAMODB_CONNECT_TIMEOUT_MS', '0'],
    ['CNOP_DYNAMODB_REQUEST_TIMEOUT_MS', '-4711'],
    ['CNOP_DYNAMODB_REQUEST_TIMEOUT_MS', '1.4711'],
    ['CNOP_DYNAMODB_MAX_ATTEMPTS', '4711'],
    ['CNOP_DYNAMODB_MAX_ATTEMPTS', '0x4711'],
  ])('names %s when it is wrong and never shows its value', (setting, value) => {
    const reading = () => read({ ...complete, [setting]: value });

    expect(thrownBy(reading)).toMatchObject({ details: { settings: [{ setting }] } });
    expect(inspect(thrownBy(reading), { depth: null })).not.toMatch(/secret|4711/);
  });

  it.each(['0x10', '1e2', ' 5', '5\n', '+5', 'NaN', '101'])('reads digits as a number, not %j', (text) => {
    const reading = () => read({ ...complete, CNOP_DYNAMODB_MAX_ATTEMPTS: text });

    expect(thrownBy(reading)).toMatchObject({
      details: { settings: [{ setting: 'CNOP_DYNAMODB_MAX_ATTEMPTS', rule: 'must be a whole number from 1 to 100' }] },
    });
  });
});
