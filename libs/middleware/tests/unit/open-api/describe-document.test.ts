import { describeDocument } from '../../../src/open-api/describe-document.ts';
import { problemSchemas } from '../../../src/open-api/problem-schemas.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const thing = { type: 'object', title: 'Thing', properties: { title: { type: 'string' } } };
const thingRef = { $ref: '#/components/schemas/Thing' };

describe(describeDocument, () => {
  it('makes a component of each schema with a title, once, however deep it is', () => {
    const list = { type: 'object', title: 'Things', properties: { items: { type: 'array', items: thing } } };
    const responses = { 200: json(list), 201: json(thing), 503: json({ ...thing, description: 'None is there.' }) };

    const { paths, components } = describeDocument({ paths: { '/things': { get: { responses } } } });

    expect(components.schemas).toEqual({
      Thing: { type: 'object', properties: { title: { type: 'string' } } },
      Things: { type: 'object', properties: { items: { type: 'array', items: thingRef } } },
    });
    expect(paths).toMatchObject({ '/things': { get: { responses: { 201: json(thingRef), 503: json(thingRef) } } } });
  });

  it('refuses two schemas of one title', () => {
    const responses = { 200: json(thing), 201: json({ title: 'Thing', type: 'string' }) };

    expect(() => describeDocument({ paths: { '/things': { get: { responses } } } })).toThrow('the title Thing');
  });

  it('gives responses the headers that they may have', () => {
    const post = { 'x-replays': true, responses: { 201: {}, default: {} } };
    const get = { responses: { 200: {} } };

    const { paths, components } = describeDocument({ paths: { '/things': { post, get } } });

    const names = (response: object | undefined) => Object.keys((response as { headers: object }).headers);
    const { post: placed, get: listed } = paths['/things'] as unknown as Record<string, typeof post>;
    const always = ['X-Request-Id', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];
    expect(names(placed?.responses[201])).toEqual([...always, 'Idempotency-Replayed']);
    expect(names(placed?.responses.default)).toEqual([...always, 'Retry-After', 'WWW-Authenticate']);
    expect(Object.values(listed?.responses ?? {}).map(names)).toEqual([always]);
    expect(placed).not.toHaveProperty('x-replays');
    expect(Object.keys(components.headers)).toEqual(
      expect.arrayContaining([...always, 'Retry-After', 'Idempotency-Replayed']),
    );
  });
});

describe(problemSchemas, () => {
  it('describes each code, errors of a service’s own among them, and tells them apart by it', () => {
    const details = { type: 'object', properties: { level: { type: 'number' } }, required: ['level'] };

    const schemas = problemSchemas({ KYC_REQUIRED: { status: 422, title: 'Verify the identity.', details } });

    expect(schemas['KycRequiredProblem']).toMatchObject({
      required: expect.arrayContaining(['code', 'details']) as string[],
      properties: { status: { enum: [422] }, code: { enum: ['KYC_REQUIRED'] }, details },
    });
    expect(schemas['Problem']).toMatchObject({
      discriminator: {
        propertyName: 'code',
        mapping: {
          KYC_REQUIRED: '#/components/schemas/KycRequiredProblem',
          NOT_FOUND: '#/components/schemas/NotFoundProblem',
          INTERNAL_ERROR: '#/components/schemas/InternalErrorProblem',
        },
      },
    });
    expect(schemas['ProblemCode']).toMatchObject({
      enum: expect.arrayContaining(['BALANCE_INSUFFICIENT', 'NOT_FOUND', 'KYC_REQUIRED']) as string[],
    });
  });

  it('requires details where the error always has some, and the broken rules of an input', () => {
    const schemas = problemSchemas();

    expect(schemas).toMatchObject({
      EmailTakenProblem: { required: expect.not.arrayContaining(['details']) as string[] },
      BalanceInsufficientProblem: { required: expect.arrayContaining(['details']) as string[] },
      ValidationFailedProblem: { required: expect.arrayContaining(['errors']) as string[] },
    });
  });
});
