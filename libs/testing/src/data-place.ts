/** Says for people where a database keeps its data. */
export function dataPlace(dataDir: string | undefined): string {
  return dataDir === undefined ? 'in memory' : `data in ${dataDir}`;
}
