import generateDomain from '../../src/domain/generate-domain.ts';
import generateEntity from '../../src/entity/generate-entity.ts';
import { openWorkspace, writtenIn } from '../support/open-workspace.ts';

const matrix = 'tools/fault-matrix';
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
  it('writes libraries, errors, documents, the rows of the fault matrix, the examples of the fuzz tests, and the lists of these', async () => {
    expect(Object.keys(await writtenForDomain())).toEqual(
      expect.arrayContaining([
        'docs/data-model.md',
        'docs/packages.md',
        'libs/dao-sample-thing/src/sample-thing-dao.ts',
        'libs/entities-sample-thing/src/shape.ts',
        'libs/entities-sample-thing/src/errors.ts',
        `${matrix}/package.json`,
        `${matrix}/src/facts/read-facts.ts`,
        `${matrix}/src/facts/sample-thing-facts.ts`,
        `${matrix}/src/methods/harmless-names.ts`,
        `${matrix}/src/methods/libraries.ts`,
        `${matrix}/src/rows/matrix-rows.ts`,
        `${matrix}/src/rows/sample-thing-rows.ts`,
        `${matrix}/src/service-kinds.ts`,
        `${matrix}/src/table-shapes.ts`,
        fuzz,
      ]),
    );
  });

  it('has the fault matrix know its library, its table and its DAO', async () => {
    const written = await writtenForDomain();

    expect(written[`${matrix}/src/methods/libraries.ts`]).toMatch(
      /^import \* as daoSampleThing from '@cnop\/dao-sample-thing';$[^]*^'dao-sample-thing': daoSampleThing,$/m,
    );
    expect(written[`${matrix}/src/table-shapes.ts`]).toMatch(
      /^import \{ sampleThingsTableShape \} from '@cnop\/entities-sample-thing\/shape';$[^]*^sampleThingsTableShape,$/m,
    );
    expect(written[`${matrix}/src/service-kinds.ts`]).toMatch(
      /^sampleThings: \{ owner: 'SampleThingDao', open: getSampleThingDao \},$/m,
    );
    expect(written[`${matrix}/package.json`]).toMatch(/"@cnop\/dao-order": "\*",\s*"@cnop\/dao-sample-thing": "\*"/);
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
  it('gives every method of its DAO a row, or a place among those that write nothing', async () => {
    const written = await writtenForEntity();
    const methods = methodsOf(written['libs/dao-inventory/src/sample-note-dao.ts']);
    const rows = written[`${matrix}/src/rows/sample-note-rows.ts`];
    const harmless = written[`${matrix}/src/methods/harmless-names.ts`];

    expect(methods.filter((name) => rows?.includes(`method: '${name}',`))).toEqual([
      'SampleNoteDao.createSampleNote',
      'SampleNoteDao.updateSampleNote',
    ]);
    expect(methods.filter((name) => harmless?.includes(`'${name}',`))).toEqual([
      'SampleNoteDao.findSampleNote',
      'SampleNoteDao.getSampleNote',
      'SampleNoteDao.getSampleNotes',
    ]);
    expect(methods).toHaveLength(5);
    expect(rows?.match(/refusal: '\w+'/g)).toEqual(["refusal: 'SAMPLE_NOTE_EXISTS'", "refusal: 'VERSION_CONFLICT'"]);
  });

  it('gives every method of its DAO an example', async () => {
    const written = await writtenForEntity();
    const [, examples = ''] = /^SampleNoteDao: \{([^]*?)^ *\},$/m.exec(written[fuzz] ?? '') ?? [];
    const methods = methodsOf(written['libs/dao-inventory/src/sample-note-dao.ts']).map((name) => name.split('.')[1]);

    expect(methods.filter((name) => !examples.includes(` ${name}: [`))).toEqual([]);
  });

  it('is listed with the rows, the facts and the services of the others', async () => {
    const written = await writtenForEntity();

    expect(written[`${matrix}/src/rows/matrix-rows.ts`]).toMatch(/^ {2}\.\.\.assetRows,$[^]*^\.\.\.sampleNoteRows,$/m);
    expect(written[`${matrix}/src/facts/read-facts.ts`]).toMatch(
      /^import \{ readSampleNote \} from '\.\/sample-note-facts\.ts';$[^]*^sampleNote: readSampleNote,$/m,
    );
    expect(written[`${matrix}/src/service-kinds.ts`]).toMatch(
      /^import \{ getAssetDao,[^}]* getSampleNoteDao \} from '@cnop\/dao-inventory';$/m,
    );
    expect(Object.keys(written)).not.toContain(`${matrix}/src/table-shapes.ts`);
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

  it('refuses a name that the fault matrix has for something else', async () => {
    await expect(generateEntity(openWorkspace(), { name: 'trade', domain: 'inventory' })).rejects.toThrow(
      /already exists.*rows\/trade-rows\.ts/,
    );
    await expect(generateEntity(openWorkspace(), { name: 'address', domain: 'inventory' })).resolves.toBeDefined();
    await expect(generateEntity(openWorkspace(), { name: 'access', domain: 'inventory' })).rejects.toThrow(
      /read-facts\.ts cannot be extended: it has access already/,
    );
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
