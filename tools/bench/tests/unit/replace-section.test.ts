import { replaceSection } from '../../src/replace-section.ts';

const begin = '<!-- growth -->';
const end = '<!-- end of growth -->';

describe(replaceSection, () => {
  it('keeps what is around the marks', () => {
    const document = `before\n${begin}\nold\n${end}\nafter\n`;

    const once = replaceSection(document, 'growth', 'new\n');

    expect(once).toBe(`before\n${begin}\n\nnew\n\n${end}\nafter\n`);
    expect(replaceSection(once, 'growth', 'new\n')).toBe(once);
  });

  it.each(['no marks', begin, end])('refuses a document that lacks a mark', (document) => {
    expect(() => replaceSection(document, 'growth', 'new')).toThrow('lacks the marks of growth');
  });
});
