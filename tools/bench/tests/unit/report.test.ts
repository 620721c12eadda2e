import type { Figure } from '../../src/figure.ts';
import { describeMachine, jsonLines, markdownTables, printTables } from '../../src/report.ts';

const figures: Figure[] = [
  { part: 'client-cpu', name: 'getOrder', contender: 'cnop', ratio: 1.1, values: { cpuMicros: 300 } },
  { part: 'growth', name: 'requests', contender: 'cnop', values: {} },
];

describe('the report', () => {
  it('has one line of JSON for each figure', () => {
    const lines = jsonLines(figures).trimEnd().split('\n');

    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(figures);
  });

  it('has one table for each part', () => {
    const text = printTables(figures);

    expect(text).toMatch(/getOrder.*cnop.*1\.1.*300/);
    expect(text).toContain('Growth');
  });

  it('has the same tables in Markdown', () => {
    expect(markdownTables(figures)).toContain(
      '| figure | by | ratio | cpuMicros |\n| --- | --- | --- | --- |\n| getOrder | cnop | 1.1 | 300 |\n',
    );
  });

  it('names the machine', () => {
    expect(describeMachine()).toMatch(/ GB, .*Node\.js v/);
  });
});
