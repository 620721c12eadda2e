import { createContract, findOperation, type Answered, type OpenApiDocument } from '@cnop/e2e';

const document: OpenApiDocument & { components: object } = {
  components: { schemas: { Problem: { type: 'object', required: ['code'] } } },
  paths: {
    '/v1/things/{id}': {
      get: {
        security: [],
        responses: {
          200: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { id: { type: 'string' } },
                  required: ['id'],
                  additionalProperties: false,
                } as object,
              },
            },
          },
        },
      },
      delete: { security: [], responses: { 204: {} } },
    },
    '/v1/things/special': { get: { security: [], responses: { 200: {} } } },
    '/health': {
      get: {
        security: [],
        responses: {
          503: { content: { 'application/json': { schema: { type: 'object', required: ['status'] } } } },
        },
      },
    },
  },
};
const { problemsOf, operations } = createContract(document);
const answer: Answered = {
  method: 'GET',
  path: '/v1/things/7',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  text: '{"id":"7"}',
};

describe('createContract', () => {
  it('finds nothing wrong with what is promised', () => {
    expect(problemsOf(answer)).toEqual([]);
    expect(problemsOf({ ...answer, method: 'DELETE', status: 204, contentType: '', text: '' })).toEqual([]);
    expect(
      problemsOf({ ...answer, status: 404, contentType: 'application/problem+json', text: '{"code":"X"}' }),
    ).toEqual([]);
  });

  it('takes an error that the document describes by a schema of its own', () => {
    const failing = { ...answer, path: '/health', status: 503 };

    expect(problemsOf({ ...failing, text: '{"status":"fail"}' })).toEqual([]);
    expect(problemsOf({ ...failing, text: '{}' })).not.toEqual([]);
  });

  it.each<[string, Partial<Answered>]>([
    ['a field that is missing', { text: '{}' }],
    ['a field that is not declared', { text: '{"id":"7","passwordHash":"x"}' }],
    ['a wrong type', { text: '{"id":7}' }],
    ['no JSON', { text: '<html>' }],
    ['another media type', { contentType: 'text/html' }],
    ['a status that is not declared', { status: 202 }],
    ['a path that is not declared', { path: '/v1/others' }],
    ['a body where there is to be none', { method: 'DELETE', status: 204, text: 'x' }],
    ['an error that is no problem document', { status: 500, text: '{"code":"X"}' }],
    ['a problem without its code', { status: 400, contentType: 'application/problem+json', text: '{}' }],
  ])('finds %s', (_title, changed) => {
    expect(problemsOf({ ...answer, ...changed })).not.toEqual([]);
  });

  it('takes the path without parameters where both fit', () => {
    expect(findOperation(operations, 'GET', '/v1/things/special')?.path).toBe('/v1/things/special');
  });
});
