const redacted = '[redacted]';

const names = 'passw(?:or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|credential';
const secretName = new RegExp(`${names}|authorization|cookie|e-?mail`, 'i');

/** After the name of a value: its closing quote, if any, and what parts it from the value. */
const separator = String.raw`\\?["']?\s{0,4}[:=]\s{0,4}`;
/** A value: JSON within JSON, JSON, a quoted text, a word; unfinished ones too, as a text may have been cut. */
const value = [
  String.raw`\\"(?:[^"\\]|\\\\(?:\\["\\]|[^"\\]))*(?:\\")?`,
  String.raw`"(?:[^"\\]|\\.)*"?`,
  String.raw`'[^']*'?`,
  String.raw`[^\s"',;&}]+`,
].join('|');

/** What may be secret in a text, and what is shown instead. In order: a later one sees what an earlier one has left. */
const secretTexts: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [/\beyJ[\w-]{2,512}(?:\.[\w-]*)+/g, redacted],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${redacted}`],
  [new RegExp(`((?:authorization|cookie)${separator})[^\\r\\n]+`, 'gi'), `$1${redacted}`],
  [new RegExp(`((?:${names})[\\w-]{0,32}${separator})(?:${value})`, 'gi'), `$1${redacted}`],
  [/\$argon2\w*\$[^\s"']+/g, redacted],
  [/[\w.!#$&*+^`|~-]{1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}\b/gi, redacted],
  [/\?[^\s"'#=?]{1,256}=[^\s"']*/g, `?${redacted}`],
];

/** A line without any of these holds no secret that could be told from the rest. */
const suspicious = new RegExp(String.raw`${secretName.source}|bearer|basic|eyJ|\$argon2|@|%40|\?`, 'i');

/**
 * A line of the log without passwords, tokens, keys, cookies, e-mail addresses and query strings.
 *
 * Works on the finished line, so it holds for whatever was logged: fields at any depth are judged by their names, texts such as
 * messages, URLs and stack traces by what is in them. A secret that stands in a text without a name is not known for one.
 *
 * @param line - JSON, as pino writes it; any other text is judged as a text.
 */
export function redactLine(line: string): string {
  if (!suspicious.test(line)) return line;

  try {
    return `${JSON.stringify(redactValue(JSON.parse(line)))}\n`;
  } catch {
    return redactText(line);
  }
}

/** A text without what is secret in it. */
function redactText(text: string): string {
  return secretTexts.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), text);
}

function redactValue(logged: unknown): unknown {
  if (typeof logged === 'string') return redactText(logged);
  if (Array.isArray(logged)) return logged.map(redactValue);
  if (typeof logged !== 'object' || logged === null) return logged;

  return Object.fromEntries(
    Object.entries(logged).map(([name, member]) => [name, redactMember(name, member)] as const),
  );
}

/** A flag or a number under such a name, such as `emailVerified: true`, is no secret. */
const redactMember = (name: string, member: unknown): unknown =>
  secretName.test(name) && member !== null && (typeof member === 'string' || typeof member === 'object')
    ? redacted
    : redactValue(member);
