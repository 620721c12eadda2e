import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(?<keyId>[^/]+)\/(?<scope>[^,]+), SignedHeaders=(?<names>[^,]+), Signature=(?<signature>[0-9a-f]+)$/;

const authorizationOf = ({ headers }: SignedRequest): Readonly<Record<string, string>> =>
  AUTHORIZATION.exec(headers.authorization ?? '')?.groups ?? {};

export const accessKeyIdOf = (request: SignedRequest): string => authorizationOf(request).keyId ?? '';

const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');
const hmac = (key: string | Buffer, value: string): Buffer => createHmac('sha256', key).update(value).digest();

/** @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html} */
export function isSignedWith(request: SignedRequest, secretAccessKey: string): boolean {
  const { scope = '', names = '', signature } = authorizationOf(request);
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name])}\n`);
  const canonical = [request.method, request.path, '', headers.join(''), names, sha256(request.body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);

  return hmac(key, toSign).toString('hex') === signature;
}
