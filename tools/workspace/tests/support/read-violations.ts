import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LintedText } from './lint-texts.ts';

const root = join(__dirname, '../../../..');
const folder = join(__dirname, '../violations');

/** One way to break a rule, and what the rule says to it. */
export interface Violation extends LintedText {
  readonly name: string;
  readonly rule: string;
  readonly message: RegExp;
}

interface ManifestViolation {
  readonly in: string;
  readonly rule: string;
  readonly message: string;
  readonly patch: JsonObject;
}

interface JsonObject {
  readonly [name: string]: string | null | JsonObject;
}

/** Every violation in the folder: a source text under three lines of comment, or a change of a package.json. */
export function readViolations(): Violation[] {
  return readdirSync(folder).map((name) => {
    const content = readFileSync(join(folder, name), 'utf8');

    return name.endsWith('.json') ? manifestViolation(name, content) : sourceViolation(name, content);
  });
}

function sourceViolation(name: string, content: string): Violation {
  const [, file, rule, message, text] =
    /^\/\/ in: +(.+)\n\/\/ rule: +(.+)\n\/\/ message: +(.+)\n([\s\S]+)$/.exec(content) ?? [];
  if (!file || !rule || !message || !text) throw new Error(`${name} does not say where it stands and what refuses it.`);

  return { name: name.replace('.ts.txt', ''), file, rule, message: new RegExp(message), text };
}

function manifestViolation(name: string, content: string): Violation {
  const { in: file, rule, message, patch } = JSON.parse(content) as ManifestViolation;
  const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as JsonObject;

  return {
    name: name.replace('.json', ''),
    file,
    rule,
    message: new RegExp(message),
    text: JSON.stringify(merged(manifest, patch), undefined, 2),
  };
}

/** A JSON merge patch: null takes away. */
function merged(target: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, JsonObject[string]> = { ...target };

  for (const [name, value] of Object.entries(patch)) {
    const present = result[name];
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = isObject(value) ? merged(isObject(present) ? present : {}, value) : value;
  }
  return result;
}

const isObject = (value: JsonObject[string] | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null;
