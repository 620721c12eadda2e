/** What the page says of one error code. */
export interface DocumentedError {
  readonly status: number;
  readonly title: string;
  readonly retryable: boolean;
}

/** What of an OpenAPI operation the page shows. */
export interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  /** Empty for a route that is open to anyone. */
  readonly security?: readonly object[];
  readonly 'x-roles'?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses?: Readonly<Record<string, unknown>>;
}

/** An OpenAPI document, as far as the page shows it. */
export interface ApiDocument {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const introduction = `# HTTP API

Version 1 of what the services offer: users and their money, orders, assets. Each service describes itself: \`GET /openapi.json\` is its
OpenAPI 3.1 document, \`GET /docs\` a page to read and to try it. \`npm start\` serves all of them at one origin. This page is written by
\`npm run docs\` from the routes and from the catalogue of errors.

## Conventions

- **Bodies** are JSON in UTF-8, with names in camelCase. A field that is unknown, or stands twice, is refused.
- **Amounts** are decimal text, such as \`"64250.17"\`, never numbers; no more decimals than the currency or asset has. **Times** are ISO 8601
  in UTC.
- **Access.** \`POST /v1/auth/login\` gives an access token for the header \`Authorization: Bearer …\`, and a refresh token that is good once.
  Whose money and orders a request is about follows from the token alone; what belongs to another user is not found.
- **Repeats.** A request that moves money takes the header \`Idempotency-Key\`, an order its \`clientOrderId\` as well. The same request again
  gets the same answer, with \`Idempotency-Replayed: true\`; the same key with another body is \`IDEMPOTENCY_KEY_REUSED\`.
- **Lists** take \`limit\` (1 to 100) and \`cursor\`, and answer \`{ "items": […], "nextCursor": "…" }\`; without \`nextCursor\` the page is the last.
- **Errors** are \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`detail\`, \`code\`, \`instance\`, \`requestId\`, and for a
  broken rule \`errors\`, each with a JSON pointer, the rule and a message.
- **Limits.** \`RateLimit-Limit\`, \`-Remaining\` and \`-Reset\` tell where the nearest one stands; beyond it is 429 with \`Retry-After\`.
- **Names of requests.** \`X-Request-Id\` is taken if it is well-formed and answered always; every log line carries it.
`;

/** The page docs/http-api.md: conventions, every route of the document, every error that a route may answer with. */
export function httpApiPageText(document: ApiDocument, catalogue: Readonly<Record<string, DocumentedError>>): string {
  const errors = Object.entries(catalogue).map(([code, { status, title, retryable }]) => [
    `\`${code}\``,
    String(status),
    retryable ? 'yes' : '',
    title,
  ]);

  return [
    introduction,
    '## Routes\n',
    `${markdownTable(['route', 'for whom', 'answers', 'what it does'], routesOf(document))}\n`,
    '## Errors\n',
    'What to do about each is on [the page of errors](errors.md).\n',
    `${markdownTable(['code', 'status', 'may be repeated', 'title'], errors)}\n`,
  ].join('\n');
}

function routesOf({ paths = {} }: ApiDocument): string[][] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => [
      `\`${method.toUpperCase()} ${path}${queryOf(operation)}\``,
      audienceOf(operation),
      Object.keys(operation.responses ?? {})
        .filter((status) => status !== 'default')
        .join(', '),
      operation.summary ?? '',
    ]),
  );
}

/** As in `?limit=&cursor=`. */
function queryOf({ parameters = [] }: Operation): string {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => `${name}=`);
  return names.length > 0 ? `?${names.join('&')}` : '';
}

function audienceOf({ security = [], 'x-roles': roles }: Operation): string {
  if (roles) return roles.join(', ');
  return security.length > 0 ? 'users' : 'anyone';
}

/** Columns of equal width, as Prettier writes them. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;

  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
