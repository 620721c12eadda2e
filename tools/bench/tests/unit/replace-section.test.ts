import { replaceSection } from '../../src/replace-section.ts';

const begin = '<!-- figures: written by `npm run bench -- --document` -->';
const end = '<!-- end of figures -->';

describe(replaceSection, () => {
  it('keeps what is around the marks', () => {
    const document = `before\n${begin}\nold\n${end}\nafter\n`;

    const once = replaceSection(document, 'new\n');

    expect(once).toBe(`before\n${begin}\n\nnew\n\n${end}\nafter\n`);
    expect(replaceSection(once, 'new\n')).toBe(once);
  });

  it.each(['no marks', begin, end])('refuses a document that lacks a mark', (document) => {
    expect(() => replaceSection(document, 'new')).toThrow('lacks the marks');
  });
});
