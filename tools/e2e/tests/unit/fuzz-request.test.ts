import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { JsonSchema } from '../../src/contract.ts';
import { arbitraryOf } from '../../src/fuzz-request.ts';

const list: JsonSchema = { type: 'array', items: { type: 'string', minLength: 1, maxLength: 3 } };
const decimal = [{ pattern: String.raw`^(?:0|[1-9]\d*)(?:\.\d+)?$` }, { pattern: '[1-9]' }];
const schemas: [string, JsonSchema][] = [
  ['a decimal', { type: 'string', maxLength: 45, allOf: decimal }],
  ['a time', { type: 'string', format: 'date-time' }],
  ['an address', { type: 'string', format: 'email' }],
  ['an id', { type: 'string', format: 'uuid' }],
  ['a choice', { oneOf: [{ type: 'string', enum: ['A', 'B'] }, { type: 'boolean' }, { type: 'null' }] }],
  ['a number', { type: 'integer', minimum: 1, maximum: 100 }],
  ['an object', { type: 'object', properties: { a: { const: 1 }, b: list }, required: ['a'] }],
];

describe(arbitraryOf, () => {
  it.each(schemas)('makes %s that the schema permits', (_title, schema) => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(schema);

    fc.assert(fc.property(arbitraryOf(schema), (value) => validate(value)));
  });
});
