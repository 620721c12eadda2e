import { inspect } from 'node:util';
import { httpUrlSetting, listSetting, readEnvironment, wholeNumberSetting } from '@cnop/validation';
import * as z from 'zod';
import { thrownBy } from '../support/thrown-by.ts';

const schema = z.object({
  CNOP_NAME: z.string().regex(/^[a-z]+$/, 'must be small letters'),
  CNOP_URL: httpUrlSetting(),
  CNOP_COUNT: wholeNumberSetting(100).optional(),
  CNOP_LEVEL: z.enum(['low', 'high'], { error: 'must be low or high' }).default('low'),
});
const least = { CNOP_NAME: 'x', CNOP_URL: 'http://localhost:1' };
const refusalOf = (env: Record<string, string | undefined>, of: z.ZodType = schema) =>
  thrownBy(() => readEnvironment(of, env));

describe(readEnvironment, () => {
  it('reads what the schema names, with its defaults', () => {
    expect(readEnvironment(schema, { ...least, OTHER: '1' })).toEqual({ ...least, CNOP_LEVEL: 'low' });
  });

  it('reads a whole number from another least one', () => {
    const setting = z.object({ CNOP_FEE: wholeNumberSetting(1_000, 0) });

    expect(readEnvironment(setting, { CNOP_FEE: '0' })).toEqual({ CNOP_FEE: 0 });
    expect(refusalOf({ CNOP_FEE: '-1' }, setting)).toMatchObject({
      details: { settings: [{ setting: 'CNOP_FEE', rule: 'must be a whole number from 0 to 1000' }] },
    });
  });

  it('takes an empty variable for a missing one', () => {
    const env = { ...least, CNOP_COUNT: '', CNOP_LEVEL: '', CNOP_NAME: '' };

    expect(readEnvironment(schema, { ...env, CNOP_NAME: 'x' })).toEqual({ ...least, CNOP_LEVEL: 'low' });
    expect(refusalOf(env)).toMatchObject({ details: { settings: [{ setting: 'CNOP_NAME', rule: 'is required' }] } });
  });

  it('names every variable that is missing or wrong at once, in one line', () => {
    const refusal = refusalOf({ CNOP_URL: undefined, CNOP_COUNT: '101', CNOP_LEVEL: 'middle' });

    expect(refusal).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message:
        'configuration: CNOP_NAME is required; CNOP_URL is required; ' +
        'CNOP_COUNT must be a whole number from 1 to 100; CNOP_LEVEL must be low or high',
      details: { settings: [{}, {}, { setting: 'CNOP_COUNT', rule: 'must be a whole number from 1 to 100' }, {}] },
    });
  });

  it('names what is wrong in each of several schemas that are joined', () => {
    const joined = schema
      .transform(({ CNOP_NAME: name }) => ({ name }))
      .and(z.object({ PORT: wholeNumberSetting(65_535) }))
      .and(z.object({ CNOP_TOKEN: z.string() }).transform(({ CNOP_TOKEN: token }) => ({ token })));

    expect(refusalOf({ ...least, CNOP_NAME: '1', PORT: 'x' }, joined)).toMatchObject({
      details: { settings: [{ setting: 'CNOP_NAME' }, { setting: 'PORT' }, { setting: 'CNOP_TOKEN' }] },
    });
    expect(readEnvironment(joined, { ...least, PORT: '80', CNOP_TOKEN: 't' })).toEqual({
      name: 'x',
      PORT: 80,
      token: 't',
    });
  });

  it('names a variable once, by the first of its rules that is broken', () => {
    const strict = z.object({ CNOP_CODE: z.string().min(3, 'must be longer').regex(/^x/, 'must begin with x') });

    expect(refusalOf({ CNOP_CODE: 'a' }, strict)).toMatchObject({
      details: { settings: [{ setting: 'CNOP_CODE', rule: 'must be longer' }] },
    });
  });

  it('never tells the value of a variable', () => {
    const refusal = refusalOf({ CNOP_NAME: 'HUNTER2', CNOP_URL: 'ftp://hunter2', CNOP_COUNT: 'hunter2' });

    expect(inspect(refusal, { depth: null })).not.toMatch(/hunter2/i);
  });

  it('is not deceived by the name of a variable', () => {
    const odd = z.object({ toString: z.string() });

    expect(refusalOf({}, odd)).toMatchObject({ details: { settings: [{ setting: 'toString', rule: 'is required' }] } });
  });
});

describe(wholeNumberSetting, () => {
  const setting = z.object({ N: wholeNumberSetting(1_000) });

  it.each([
    ['1', 1],
    ['007', 7],
    ['1000', 1_000],
  ])('reads %s', (N, number) => {
    expect(readEnvironment(setting, { N })).toEqual({ N: number });
  });

  it.each(['0', '0x10', '1e2', ' 5', '5\n', '+5', '-1', 'NaN', '1.5', '1001', '9'.repeat(16)])('refuses %j', (N) => {
    expect(refusalOf({ N }, setting)).toMatchObject({
      details: { settings: [{ setting: 'N', rule: 'must be a whole number from 1 to 1000' }] },
    });
  });

  it.each(['0', '1'.repeat(10), 'x'])('refuses %s where no maximum is given', (N) => {
    expect(refusalOf({ N }, z.object({ N: wholeNumberSetting() }))).toMatchObject({
      details: { settings: [{ setting: 'N', rule: 'must be a positive whole number' }] },
    });
  });
});

describe('listSetting', () => {
  it('reads texts between commas', () => {
    expect(readEnvironment(z.object({ L: listSetting() }), { L: 'a, b ,c' })).toEqual({ L: ['a', 'b', 'c'] });
  });

  it.each([',', 'a,,b', ' '])('refuses %j', (L) => {
    expect(refusalOf({ L }, z.object({ L: listSetting() }))).toMatchObject({
      details: { settings: [{ setting: 'L', rule: 'must be a list with commas' }] },
    });
  });
});

describe('httpUrlSetting', () => {
  it.each(['x', 'ftp://x', '//x'])('refuses %s', (U) => {
    expect(refusalOf({ U }, z.object({ U: httpUrlSetting() }))).toMatchObject({
      details: { settings: [{ setting: 'U', rule: 'must be an http or https URL' }] },
    });
  });

  it.each(['http://me:secret@host', 'https://me@host/path'])('refuses the name and the password in %s', (U) => {
    expect(refusalOf({ U }, z.object({ U: httpUrlSetting() }))).toMatchObject({
      details: { settings: [{ setting: 'U', rule: 'must be a URL without a name or password' }] },
    });
  });

  it('takes a path with an @', () => {
    const U = 'https://host/@me?at=a@b';

    expect(readEnvironment(z.object({ U: httpUrlSetting() }), { U })).toEqual({ U });
  });
});
