import { join } from 'node:path';
import { readJsonFile, type Tree } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';
import { validateOptsAgainstSchema, type Schema } from 'nx/src/utils/params';
import generateDomain from '../../src/generate-domain.ts';
import generateEntity from '../../src/generate-entity.ts';

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

/** This workspace as a generator is given it; nothing of what is written reaches the disk. */
const openWorkspace = (): Tree => new FsTree(join(__dirname, '../../../..'), false);

/** What a generator has written, by path: what a dry run lists, and what is on the disk after a real one. */
const writtenIn = (tree: Tree): Record<string, string> =>
  Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)]));

describe(generateDomain, () => {
  it('writes libraries, errors, documents, the examples of the fuzz tests, and refuses to run twice', async () => {
    const tree = openWorkspace();
    await generateDomain(tree, { name: 'sample-thing' });
    const written = writtenIn(tree);

    expect(Object.keys(written)).toEqual(
      expect.arrayContaining([
        'docs/data-model.md',
        'docs/idempotency.md',
        'docs/packages.md',
        'libs/dao-sample-thing/src/sample-thing-dao.ts',
        'libs/dao-sample-thing/package.json',
        'libs/entities-sample-thing/src/shape.ts',
        'libs/entities-sample-thing/src/errors.ts',
        'libs/entities-sample-thing/package.json',
        fuzz,
      ]),
    );
    const another = generateDomain(tree, { name: 'sample-thing' });
    await expect(another).rejects.toThrow(/There is a library entities-sample-thing already/);
    expect(writtenIn(tree)).toEqual(written);
  });

  it.each([
    ['inventory', /There is a library entities-inventory already/],
    ['class', /is reserved/],
  ])('refuses %p and writes nothing', async (name, problem) => {
    const tree = openWorkspace();

    await expect(generateDomain(tree, { name })).rejects.toThrow(problem);
    expect(writtenIn(tree)).toEqual({});
  });
});

describe(generateEntity, () => {
  it('makes a DAO whose methods have an example each, and refuses to run twice', async () => {
    const tree = openWorkspace();
    await generateEntity(tree, { name: 'sample-note', domain: 'inventory' });
    const written = writtenIn(tree);

    const dao = written['libs/dao-inventory/src/sample-note-dao.ts'] ?? '';
    const methods = [...dao.matchAll(/^ {2}async (\w+)\(/gm)].map(([, method]) => method);
    const [, examples = ''] = /^ {2}SampleNoteDao: \{([^]*?)^ {2}\},$/m.exec(written[fuzz] ?? '') ?? [];
    expect(methods).toEqual(['createSampleNote', 'findSampleNote', 'getSampleNote', 'updateSampleNote']);
    expect([...examples.matchAll(/(\w+): \[/g)].map(([, method]) => method)).toEqual(methods);
    expect(written['libs/dao-inventory/src/index.ts']).toMatch(/\bSampleNoteDao, getSampleNoteDao\b/);
    expect(written['libs/entities-inventory/src/testing/index.ts']).toContain('makeSampleNoteCreate');

    const another = generateEntity(tree, { name: 'sample-note', domain: 'inventory' });
    await expect(another).rejects.toThrow(/has the entity sample note already/);
    expect(writtenIn(tree)).toEqual(written);
  });

  it('makes one that belongs to an owner: in the partition of the owner, with a list', async () => {
    const tree = openWorkspace();
    await generateEntity(tree, { name: 'sample-note', domain: 'inventory', owner: true });
    const written = writtenIn(tree);

    expect(written['libs/entities-inventory/src/table/sample-note-item.ts']).toContain(
      '{ pk: `OWNER#${owner}`, sk: `SAMPLE_NOTE#${sampleNoteId}` }',
    );
    expect(written['libs/dao-inventory/src/sample-note-dao.ts']).toContain(
      'async getSampleNotes(list: SampleNoteList): Promise<Page<SampleNote>>',
    );
    expect(written[fuzz]).toContain('getSampleNotes: [{ owner, ...page }]');
    expect(written['docs/data-model.md']).toContain('| `OWNER#<owner>` | `SAMPLE_NOTE#<sampleNoteId>` |');
  });

  it('lets an app serve it: with routes that it composes, and a test that sends requests', async () => {
    const tree = openWorkspace();
    await generateEntity(tree, { name: 'sample-note', domain: 'inventory', owner: true, route: 'inventory-service' });
    const written = writtenIn(tree);

    const routes = written['apps/inventory-service/src/sample-note-routes.ts'] ?? '';
    const operations = [...routes.matchAll(/operationId: '(\w+)'/g)].map(([, id]) => id);
    expect(operations).toEqual(['createSampleNote', 'getSampleNote', 'listSampleNotes']);
    expect(routes).toContain('createSampleNote({ ...body, owner: user.username })');
    expect(routes).not.toMatch(/'public'|'admin'/);
    expect(written['apps/inventory-service/src/inventory-service.ts']).toContain(
      'await service.register(sampleNoteRoutes, { sampleNotes: getSampleNoteDao(database) });',
    );
    expect(written['apps/inventory-service/src/index.ts']).toContain('export { sampleNoteRoutes,');
    expect(written['apps/inventory-service/tests/integration/sample-note.integration.test.ts']).toContain(
      'startService(inventoryService, {',
    );
    // The app has the table already.
    expect(written).not.toHaveProperty(['apps/inventory-service/tests/support/inventory-app.ts']);
  });

  it('gives an app that serves it the table, its tests as well, and the two libraries', async () => {
    const tree = openWorkspace();
    await generateEntity(tree, { name: 'sample-note', domain: 'order', route: 'inventory-service' });
    const written = writtenIn(tree);

    const routes = written['apps/inventory-service/src/sample-note-routes.ts'] ?? '';
    expect([...routes.matchAll(/config: (.*),$/gm)].map(([, config]) => config)).toEqual([
      'admin',
      "{ access: 'public' }",
    ]);
    const definition = written['apps/inventory-service/src/inventory-service.ts'];
    expect(definition).toContain('tables: [inventoryTableShape, usersTableShape, ordersTableShape]');
    expect(definition).toMatch(
      /inventory\/shape';\nimport \{ ordersTableShape \} from '@cnop\/entities-order\/shape';\n/,
    );
    const support = written['apps/inventory-service/tests/support/inventory-app.ts'];
    expect(support).toContain("isolatedTables(['users', 'inventory', 'orders'])");
    expect(support).toContain('CNOP_TABLE_ORDERS: tables.orders,');
    expect(support).toContain('const shapes = [usersTableShape, inventoryTableShape, ordersTableShape];');
    expect(JSON.parse(written['apps/inventory-service/package.json'] ?? '')).toMatchObject({
      dependencies: { '@cnop/dao-order': '*', '@cnop/entities-order': '*' },
    });
  });

  it.each(['inventory-service', 'order-service', 'user-service'])('finds where %s composes its routes', async (app) => {
    const tree = openWorkspace();
    await generateEntity(tree, { name: 'sample-note', domain: 'inventory', route: app });

    expect(writtenIn(tree)[`apps/${app}/src/${app}.ts`]).toMatch(
      /addRoutes: async \(service\) => \{\n[^]*await service\.register\(\w+, \{[^]*?\}\);\n *await service\.register\(sampleNoteRoutes, .*\n *\},\n/,
    );
  });

  it.each([
    [{ name: 'asset', domain: 'inventory' }, /has the entity asset already/],
    [{ name: 'user', domain: 'inventory' }, /libs\/entities-user\/src\/errors\.ts has 'USER_NOT_FOUND' already/],
    [{ name: 'session', domain: 'inventory' }, /methods\.test\.ts has {2}SessionDao: \{ already/],
    [{ name: 'sample-note', domain: 'nowhere' }, /There is no domain 'nowhere'\. There are: .*inventory/],
    [
      { name: 'sample-note', domain: 'inventory', route: 'nowhere' },
      /There is no app 'nowhere'\. There are: inventory-service, order-service, user-service\./,
    ],
    [
      { name: 'profile', domain: 'inventory', route: 'user-service' },
      /The app user-service cannot serve profiles: it has apps\/user-service\/src\/profile-routes\.ts already\./,
    ],
  ])('refuses %p and writes nothing', async (options, problem) => {
    const tree = openWorkspace();

    await expect(generateEntity(tree, options)).rejects.toThrow(problem);
    expect(writtenIn(tree)).toEqual({});
  });
});

describe.each(['domain', 'entity'])('the schema of %s', (generator) => {
  const schema = readJsonFile<Schema>(join(__dirname, `../../src/${generator}-schema.json`));
  const validate = (name: string) => () => {
    validateOptsAgainstSchema({ name, plural: name, ...(generator === 'entity' && { domain: 'inventory' }) }, schema);
  };

  it.each(['coupon', 'price-alert', 'a1', 'x'.repeat(30)])('takes %p', (name) => {
    expect(validate(name)).not.toThrow();
  });

  it.each([
    ...['', 'Coupon', 'price_alert', 'price--alert', '-alert', 'alert-', '1st', 'prïce', 'a b', '../escape', 'a/b'],
    'x'.repeat(31),
  ])('refuses %p, which code cannot bear', (name) => {
    expect(validate(name)).toThrow(/does not match the schema/);
  });
});
