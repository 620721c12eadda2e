/** What fault injection reads of a request of the AWS SDK for JavaScript v3. */
export interface SdkRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a request handler answers; the body is a stream or the bytes themselves. */
export interface SdkResponse {
  readonly statusCode: number;
  readonly reason?: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/**
 * A request handler of the AWS SDK for JavaScript v3, as its clients take it as `requestHandler`: `NodeHttpHandler`, a fault
 * injector, or an in-process store that answers as DynamoDB does.
 */
export interface SdkRequestHandler {
  readonly metadata?: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: object): Promise<{ response: SdkResponse }>;
  destroy?(): void;
  updateHttpClientConfig?(key: never, value: never): void;
  httpHandlerConfigs?(): object;
}
