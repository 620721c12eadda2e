import type { EntityNames } from '../names/entity-names.ts';

/** The section of the data model on the attributes of an entity's item. */
export function attributesText({ Words, prop, a, words }: EntityNames): string {
  return `### ${Words}

| attribute | type | presence | unit and meaning |
| --------- | ---- | -------- | ---------------- |
| \`${prop}Id\` | S | always | the client's id of ${a} ${words}; index key; never changes |
| \`name\`, \`description\` | S | always, optional | 1 to 100, 1 to 1000 characters |
| \`status\` | S | always | \`ACTIVE\` or \`INACTIVE\`; index key |
| \`version\`, \`updatedAt\` | N, S | always | counts every write, from 1 |
`;
}

/** The section of the data model on what is asked of an entity, by which request and at what cost. */
export function accessPatternsText(names: EntityNames, index: string): string {
  const { WordsPlural, wordsPlural, words, Class, ClassPlural, CONST } = names;

  return `### ${WordsPlural}

| pattern, method | request | cost |
| --------------- | ------- | ---- |
| new ${words}: \`create${Class}\` | PutItem if absent | 1 WU + 1 |
| one ${words}: \`get${Class}\`, \`find${Class}\` | GetItem \`${CONST}#<id>\` / \`${CONST}\`, consistent | 1 RU |
| ${wordsPlural} by status: \`get${ClassPlural}\` | Query \`${index}\`, \`status = :status\`, by id, \`Limit\` one more than the page | ½ RU for 4 KB |
| texts, status: \`update${Class}\` | UpdateItem if \`version\` is the expected one | 1 WU + 1; + 2 when the status changes |
`;
}
