import { createContract, type OpenApiDocument, type Received } from '../../src/contract.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const thing = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], additionalProperties: false };
const document: OpenApiDocument & { components: object } = {
  components: { schemas: { Problem: { type: 'object', required: ['code'] } } },
  paths: {
    '/v1/things/{id}': {
      get: { security: [], responses: { 200: json(thing) } },
      delete: { security: [], responses: { 204: {} } },
    },
    '/v1/things/special': { get: { security: [], responses: { 200: {} } } },
    '/health': { get: { security: [], responses: { 503: json({ type: 'object', required: ['status'] }) } } },
  },
};
const { problemsOf } = createContract(document);
const received: Received = {
  method: 'GET',
  path: '/v1/things/7',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  text: '{"id":"7"}',
};
const problem = { status: 404, contentType: 'application/problem+json', text: '{"code":"X"}' };

describe(createContract, () => {
  it.each<[string, Partial<Received>]>([
    ['a body that is promised', {}],
    ['no body where none is promised', { method: 'DELETE', status: 204, contentType: '', text: '' }],
    ['a problem document', problem],
    ['an error that has a schema of its own', { path: '/health', status: 503, text: '{"status":"fail"}' }],
    ['the path without parameters where both fit', { path: '/v1/things/special', contentType: '', text: '' }],
  ])('accepts %s', (_title, changed) => {
    expect(problemsOf({ ...received, ...changed })).toEqual([]);
  });

  it.each<[string, Partial<Received>]>([
    ['a missing field', { text: '{}' }],
    ['an undeclared field', { text: '{"id":"7","passwordHash":"x"}' }],
    ['a wrong type', { text: '{"id":7}' }],
    ['a body that is no JSON', { text: '<html>' }],
    ['another media type', { contentType: 'text/html' }],
    ['an undeclared status', { status: 202 }],
    ['an undeclared path', { path: '/v1/others' }],
    ['a body where none is promised', { method: 'DELETE', status: 204, text: 'x' }],
    ['an error that is no problem document', { status: 500, text: '{"code":"X"}' }],
    ['a problem without its code', { ...problem, text: '{}' }],
    ['an error that breaks a schema of its own', { path: '/health', status: 503, text: '{}' }],
  ])('finds %s', (_title, changed) => {
    expect(problemsOf({ ...received, ...changed })).not.toEqual([]);
  });
});
