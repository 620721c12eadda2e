import type { ItemWrite } from '@cnop/database-core';

type Write = NonNullable<ItemWrite['Put'] | ItemWrite['Update']>;

/** A write with names and values in place of their placeholders in its expressions, so that two of them can be compared. */
export function inlined(write: Write | undefined): object | undefined {
  if (!write) return undefined;

  const { ExpressionAttributeNames = {}, ExpressionAttributeValues = {}, ...rest } = write;
  const texts = new Map([
    ...Object.entries(ExpressionAttributeNames),
    ...Object.entries(ExpressionAttributeValues).map(([name, value]): [string, string] => [name, literalOf(value)]),
  ]);
  const inline = (expression: unknown) =>
    String(expression).replaceAll(/[#:]\w+/g, (placeholder) => texts.get(placeholder) ?? `${placeholder}?`);

  return Object.fromEntries(
    Object.entries(rest).map(([name, part]) => [name, name.endsWith('Expression') ? inline(part) : part]),
  );
}

const literalOf = (value: unknown): string => (typeof value === 'bigint' ? String(value) : JSON.stringify(value));

/** The clauses of an update in the order of their attributes, which is of no consequence. */
export const sorted = (write: object | undefined) =>
  write && {
    ...write,
    UpdateExpression: String((write as { UpdateExpression?: string }).UpdateExpression)
      .split(/(?=SET |ADD )/)
      .map((clauses) =>
        clauses
          .slice(4)
          .split(/, (?![^(]*\))/)
          .map((clause) => clause.trim())
          .sort(),
      ),
  };
