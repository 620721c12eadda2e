import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { Clock } from '@cnop/utils';

import { accessKeyIdOf, isSignedWith, type SignedRequest } from './signature-v4.ts';

/** Keys this STS knows, and who they belong to. */
export interface KnownKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly arn: string;
}

/** What the server saw of one call. */
export interface StsRequest {
  readonly action: string;
  readonly accessKeyId: string;
  readonly caller: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Makes the answer instead of the server; `'hang'` never answers. */
export type Behaviour = (request: StsRequest, usual: () => Answer) => Answer | 'hang' | Promise<Answer>;

export interface StsServer {
  readonly endpoint: string;
  readonly requests: readonly StsRequest[];
  /** In force until changed; `undefined` is the usual behaviour. */
  behave(behaviour: Behaviour | undefined): void;
  stop(): Promise<void>;
}

export interface StsServerOptions {
  readonly clock: Clock;
  readonly keys: readonly KnownKeys[];
}

const ACCOUNT = '123456789012';

export const stsError = (status: number, code: string, message: string): Answer => ({
  status,
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>request-1</RequestId></ErrorResponse>`,
});

/** An STS that speaks the query protocol over HTTP: it checks each signature, gives out keys and accepts them again. */
export async function startStsServer({ clock, keys }: StsServerOptions): Promise<StsServer> {
  const known = new Map(keys.map((each) => [each.accessKeyId, each]));
  const requests: StsRequest[] = [];
  let behaviour: Behaviour | undefined;

  function assumeRole(parameters: Readonly<Record<string, string>>): Answer {
    const number = String(known.size).padStart(4, '0');
    const role = parameters.RoleArn!.split('/').at(-1)!;
    const issued = {
      accessKeyId: `ASIAISSUED${number}`,
      secretAccessKey: `issued/secret+${number}`,
      sessionToken: `issued/token+${number}==`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${parameters.RoleSessionName!}`,
    };
    known.set(issued.accessKeyId, issued);
    const expiration = new Date(clock.now().getTime() + Number(parameters.DurationSeconds) * 1_000).toISOString();

    return result(
      'AssumeRole',
      `<AssumedRoleUser><AssumedRoleId>AROA${number}:x</AssumedRoleId><Arn>${issued.arn}</Arn></AssumedRoleUser><Credentials><AccessKeyId>${issued.accessKeyId}</AccessKeyId><SecretAccessKey>${issued.secretAccessKey}</SecretAccessKey><SessionToken>${issued.sessionToken}</SessionToken><Expiration>${expiration}</Expiration></Credentials>`,
    );
  }

  function answer(request: StsRequest): Answer {
    switch (request.action) {
      case 'AssumeRole':
        return assumeRole(request.parameters);
      case 'GetCallerIdentity':
        return result(
          'GetCallerIdentity',
          `<Arn>${request.caller}</Arn><UserId>AIDAUSER</UserId><Account>${ACCOUNT}</Account>`,
        );
      default:
        return stsError(400, 'InvalidAction', 'No such action.');
    }
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const signed: SignedRequest = {
      method: incoming.method!,
      path: incoming.url!,
      headers: incoming.headers,
      body: await text(incoming),
    };
    const caller = known.get(accessKeyIdOf(signed));

    if (caller === undefined || incoming.headers['x-amz-security-token'] !== caller.sessionToken) {
      send(response, stsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'));
      return;
    }
    if (!isSignedWith(signed, caller.secretAccessKey)) {
      send(response, stsError(403, 'SignatureDoesNotMatch', 'The request signature does not match.'));
      return;
    }

    const { Action, Version, ...parameters } = Object.fromEntries(new URLSearchParams(signed.body));
    const request = { action: Action!, accessKeyId: caller.accessKeyId, caller: caller.arn, parameters };
    requests.push(request);

    const chosen =
      Version === '2011-06-15' ? await (behaviour ?? answer)(request, () => answer(request)) : answer(request);
    if (chosen !== 'hang') {
      send(response, chosen);
    }
  }

  const server = createServer((incoming, response) => void handle(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    behave: (next) => {
      behaviour = next;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const result = (action: string, content: string): Answer => ({
  status: 200,
  body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${content}</${action}Result><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></${action}Response>`,
});

const escapeXml = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'request-1' }).end(body);
}
