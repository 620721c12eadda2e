import { text } from 'node:stream/consumers';
import { Validator } from '@seriousme/openapi-schema-validator';

/** Prints what is wrong with the OpenAPI document on standard input. A program of its own: the validator looks for its schemas beside itself, which Jest's sandbox does not tell it. */
const { valid, errors } = await new Validator().validate(await text(process.stdin));

console.log(valid ? 'valid' : JSON.stringify(errors, null, 2));
