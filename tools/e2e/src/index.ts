export { arbitraryOf } from './fuzz/arbitrary-of.ts';
export { requestOf, type FuzzRequest, type KnownValues } from './fuzz/request-of.ts';
export { createClient, type Answer, type Client, type ClientOptions, type ClientRequest, type Sent } from './client.ts';
export { createContract, findOperation, type Answered, type Contract } from './contract.ts';
export { operationsOf, type JsonSchema, type OpenApiDocument, type PlacedOperation } from './open-api-document.ts';
export type { StackOrder } from './stack-main.ts';
