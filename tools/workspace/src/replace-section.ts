/**
 * The document with another text between the two marks of a section, `<!-- name -->` and `<!-- end of name -->`.
 *
 * @throws an Error when it lacks one of them.
 */
export function replaceSection(document: string, name: string, section: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = document.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error(`The document lacks the marks of ${name}.`);

  return `${before}${begin}\n\n${section}\n\n${end}${after}`;
}
