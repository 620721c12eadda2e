const begin = '<!-- figures: written by `npm run bench -- --document` -->';
const end = '<!-- end of figures -->';

/**
 * The document with another text between its two marks.
 *
 * @throws an Error when it lacks one of them.
 */
export function replaceSection(document: string, section: string): string {
  const [before, rest] = document.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error('The document lacks the marks of its figures.');

  return `${before}${begin}\n\n${section}\n${end}${after}`;
}
