import generateDomain from '../../src/generate-domain.ts';
import generateEntity from '../../src/generate-entity.ts';
import { openWorkspace, writtenIn } from '../support/open-workspace.ts';

const fuzz = 'tools/fuzz/tests/unit/methods.test.ts';

let skipFormat: string | undefined;
beforeAll(() => {
  skipFormat = process.env['NX_SKIP_FORMAT'];
  process.env['NX_SKIP_FORMAT'] = 'true'; // Prettier is not to be loaded within Jest.
});
afterAll(() => {
  if (skipFormat === undefined) delete process.env['NX_SKIP_FORMAT'];
  else process.env['NX_SKIP_FORMAT'] = skipFormat;
});

async function writtenForDomain() {
  const tree = openWorkspace();
  await generateDomain(tree, { name: 'sample-thing' });
  return writtenIn(tree);
}

async function writtenForEntity() {
  const tree = openWorkspace();
  await generateEntity(tree, { name: 'sample-note', domain: 'inventory' });
  return writtenIn(tree);
}

describe(generateDomain, () => {
  it('writes libraries, errors, documents, the examples of the fuzz tests, and the lists of these', async () => {
    expect(Object.keys(await writtenForDomain())).toEqual(
      expect.arrayContaining([
        'docs/data-model.md',
        'docs/packages.md',
        'libs/dao-sample-thing/src/sample-thing-dao.ts',
        'libs/entities-sample-thing/src/shape.ts',
        'libs/entities-sample-thing/src/errors.ts',
        fuzz,
      ]),
    );
  });

  it.each([
    ['inventory', /There is a library entities-inventory already/],
    ['Sample', /cannot be the name of a domain/],
    ['../escape', /cannot be the name of a domain/],
    ['class', /is reserved/],
  ])('refuses %p and writes nothing', async (name, problem) => {
    const tree = openWorkspace();

    await expect(generateDomain(tree, { name })).rejects.toThrow(problem);
    expect(writtenIn(tree)).toEqual({});
  });

  it('refuses to run twice and leaves what the first run wrote', async () => {
    const tree = openWorkspace();
    await generateDomain(tree, { name: 'sample-thing' });
    const written = writtenIn(tree);

    await expect(generateDomain(tree, { name: 'sample-thing' })).rejects.toThrow(
      /There is a library entities-sample-thing already/,
    );
    expect(writtenIn(tree)).toEqual(written);
  });
});

describe(generateEntity, () => {
  it('makes a DAO whose rows in the fault matrix are derived', async () => {
    const written = await writtenForEntity();
    const methods = methodsOf(written['libs/dao-inventory/src/sample-note-dao.ts']);

    expect(methods.map((name) => name.replace('SampleNoteDao.', '')).join(' ')).toBe(
      'createSampleNote findSampleNote getSampleNote getSampleNotes updateSampleNote',
    );
    expect(written['libs/dao-inventory/src/index.ts']).toMatch(/\bSampleNoteDao, getSampleNoteDao\b/);
    expect(written['libs/entities-inventory/src/testing/index.ts']).toContain('makeSampleNoteCreate');
  });

  it('gives every method of its DAO an example', async () => {
    const written = await writtenForEntity();
    const [, examples = ''] = /^SampleNoteDao: \{([^]*?)^ *\},$/m.exec(written[fuzz] ?? '') ?? [];
    const methods = methodsOf(written['libs/dao-inventory/src/sample-note-dao.ts']).map((name) => name.split('.')[1]);

    expect(methods.filter((name) => !examples.includes(` ${name}: [`))).toEqual([]);
  });

  it.each([
    [{ name: 'asset', domain: 'inventory' }, /has the entity asset already/],
    [{ name: 'Note', domain: 'inventory' }, /cannot be the name of an entity/],
    [{ name: 'sample-note', domain: 'nowhere' }, /There is no domain 'nowhere'\. There are: .*inventory/],
    [{ name: 'sample-note', domain: 'inventory', plural: 'sample-note' }, /The plural of sample-note is the same/],
  ])('refuses %p and writes nothing', async (options, problem) => {
    const tree = openWorkspace();

    await expect(generateEntity(tree, options)).rejects.toThrow(problem);
    expect(writtenIn(tree)).toEqual({});
  });

  it('refuses to run twice', async () => {
    const tree = openWorkspace();
    await generateEntity(tree, { name: 'sample-note', domain: 'inventory' });

    await expect(generateEntity(tree, { name: 'sample-note', domain: 'inventory' })).rejects.toThrow(
      /has the entity sample note already/,
    );
  });
});

/** The public methods of a DAO's source, as `OrderDao.getOrder`. */
function methodsOf(source = ''): string[] {
  const [, dao = ''] = /^export class (\w+)/m.exec(source) ?? [];

  return [...source.matchAll(/^ {2}async (\w+)\(/gm)].map(([, method = '']) => `${dao}.${method}`);
}
