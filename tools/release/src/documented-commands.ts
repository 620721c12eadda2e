/** The lines of shell in a document, those of its blocks that are marked as `sh`; of one section, when its heading is given. */
export function commandsOf(markdown: string, heading?: string): string[] {
  const [, section] = heading === undefined ? ['', markdown] : markdown.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`The document has no section ${String(heading)}.`);
  const [text = ''] = heading === undefined ? [section] : section.split('\n## ');

  return [...text.matchAll(/^```sh\n(?<body>[^]*?)^```$/gm)].flatMap(({ groups }) =>
    (groups?.['body'] ?? '').split('\n').filter((line) => line !== ''),
  );
}
