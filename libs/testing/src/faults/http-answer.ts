import type { SdkResponse } from './request-handler.ts';

/** A whole answer: nothing of it is still on its way. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly reason?: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What is true of one body only. */
const bodyHeaders = new Set(['content-length', 'transfer-encoding', 'x-amz-crc32']);

/** Reads a response to its end, so that its connection is free whatever becomes of the answer. */
export async function readAnswer({ statusCode, reason, headers, body }: SdkResponse): Promise<HttpAnswer> {
  return { statusCode, ...(reason !== undefined && { reason }), headers, body: await readBody(body) };
}

/** An answer with this JSON body, headers as DynamoDB sends them. */
export function jsonAnswer(
  statusCode: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const bytes = Buffer.from(JSON.stringify(body));

  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'content-length': String(bytes.length), ...headers },
    body: bytes,
  };
}

/** The same answer with another body. */
export function replaceBody({ statusCode, headers }: HttpAnswer, body: object): HttpAnswer {
  const kept = Object.entries(headers).filter(([name]) => !bodyHeaders.has(name));

  return jsonAnswer(statusCode, body, Object.fromEntries(kept));
}

/** Whether the request took effect. */
export const isSuccess = ({ statusCode }: HttpAnswer): boolean => statusCode >= 200 && statusCode < 300;

async function readBody(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);

  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
