import { inChunks } from '../../../src/standing/in-chunks.ts';

async function* upTo(count: number): AsyncGenerator<number> {
  for (let item = 1; item <= count; item += 1) yield await Promise.resolve(item);
}

describe(inChunks, () => {
  it.each([
    [0, []],
    [1, [[1]]],
    [2, [[1, 2]]],
    [3, [[1, 2], [3]]],
    [
      4,
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ])('gives %i items in twos, and no chunk that is empty', async (count, chunks) => {
    const given: number[][] = [];

    for await (const chunk of inChunks(upTo(count), 2)) given.push(chunk);

    expect(given).toEqual(chunks);
  });
});
