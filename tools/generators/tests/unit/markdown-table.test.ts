import { addRow, appendToCell } from '../../src/edits/markdown-table.ts';

const page = [
  '# Page',
  '',
  '| item | table |',
  '| ---- | ----- |',
  '| user | users |',
  '| order | orders |',
  '',
  'End.',
  '',
].join('\n');

describe(addRow, () => {
  it('adds a row at the end of its table', () => {
    expect(addRow(page, { header: /^\| item/ }, ['coupon', 'coupons'])).toContain(
      '| order | orders |\n| coupon | coupons |\n\nEnd.',
    );
  });

  it('adds a row after the last one like another', () => {
    expect(addRow(page, { header: /^\| item/, after: /^\| user/ }, ['coupon', 'coupons'])).toContain(
      '| user | users |\n| coupon | coupons |\n| order',
    );
  });

  it('says that there is no such table', () => {
    expect(() => addRow(page, { header: /^\| index/ }, ['x'])).toThrow(/no table has a header/);
  });
});

describe(appendToCell, () => {
  it('appends to one cell of one row', () => {
    expect(appendToCell(page, /^\| user/, { cell: 2, text: ', claims' })).toContain('| user | users, claims |');
  });

  it('says that there is no such row', () => {
    expect(() => appendToCell(page, /^\| coupon/, { cell: 1, text: 'x' })).toThrow(/no row matches/);
  });
});
