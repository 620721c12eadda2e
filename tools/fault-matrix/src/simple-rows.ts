import type { Database } from '@cnop/database-core';
import type { ModuleExports } from '@cnop/workspace';
import { itemFact } from './facts.ts';
import { rows, type MatrixRow } from './row.ts';
import { inTurn, type World } from './world.ts';

/** An entity whose DAO creates, finds, gets and updates, as the generators write it. */
export interface SimpleEntity {
  /** Such as `PriceAlert`. */
  readonly Class: string;
  /** The DAO's class, such as `PriceAlertDao`. */
  readonly type: string;
  readonly open: (database: Database) => object;
  /** A valid request for a new one. */
  readonly makeCreate: () => object;
}

const verbs = ['create', 'find', 'get', 'update'];

/**
 * The entities whose rows are derived: there is a `PriceAlertDao` with `createPriceAlert`, `findPriceAlert`, `getPriceAlert` and
 * `updatePriceAlert`, a `getPriceAlertDao`, a factory `makePriceAlertCreate`, and no row for `PriceAlertDao.createPriceAlert`.
 */
export function simpleEntities(modules: readonly ModuleExports[], covered: ReadonlySet<string>): SimpleEntity[] {
  const exported = Object.assign({}, ...modules) as Readonly<Record<string, ((of?: unknown) => object) | undefined>>;

  return Object.entries(exported).flatMap(([type, dao]) => {
    const Class = type.replace(/Dao$/, '');
    const [open, makeCreate] = [exported[`get${type}`], exported[`make${Class}Create`]];
    if (!dao || !open || !makeCreate || covered.has(`${type}.create${Class}`)) return [];
    const methods = (dao.prototype ?? {}) as object;

    return verbs.every((verb) => `${verb}${Class}` in methods) ? [{ Class, type, open, makeCreate }] : [];
  });
}

/** Whether this only reads: what opens the DAO, `find…`, `get…` and a list, whose name begins as that of `get…` does. */
export const isRead = ({ Class, type }: SimpleEntity, name: string): boolean =>
  [`get${type}`, `${type}.clock`, `${type}.find${Class}`].includes(name) ||
  name.startsWith(`${type}.get${Class.slice(0, -1)}`);

/** Everything that the writing methods of a simple entity's DAO may come to. */
export function simpleRows({ Class, type, makeCreate }: SimpleEntity): MatrixRow[] {
  const words = Class.replaceAll(/(?<=.)[A-Z]/g, ' $&').toLowerCase();
  const idName = `${Class.charAt(0).toLowerCase()}${Class.slice(1)}Id`;
  const idOf = (world: World): unknown => Reflect.get(world, idName) ?? world.itemId;

  const call = async (world: World, verb: string, argument: unknown) => {
    const dao = Reflect.get(world, type) as Record<string, (of: unknown) => Promise<object | undefined>>;
    const item = (await dao[`${verb}${Class}`]?.(argument)) ?? {};
    return { fact: itemFact(words, String(idOf(world)), item), name: Reflect.get(item, 'name') as unknown };
  };
  const { owner } = makeCreate() as { readonly owner?: string };
  /** What names it, for one that has an owner, and for one that has none. */
  const owned = (world: World) => ({ ...(owner !== undefined && { owner }), [idName]: idOf(world) });
  const find = async (world: World) => {
    const found = await call(world, 'find', owner === undefined ? idOf(world) : owned(world));
    return found.name === undefined ? undefined : found;
  };
  const named = (name: string) => async (world: World) => {
    const found = await find(world);
    return found?.name === name ? found : undefined;
  };
  const create = (world: World) => call(world, 'create', { ...makeCreate(), [idName]: idOf(world), name: 'First' });
  const rename = (name: string) => (world: World) =>
    call(world, 'update', { ...owned(world), expectedVersion: 1, changes: { name } });

  const reads = [async (world: World) => [await find(world)].flatMap((found) => (found ? [found.fact] : []))];
  const creation = { method: `${type}.create${Class}`, reads, call: create };
  const update = { method: `${type}.update${Class}`, reads, before: create, call: rename('Second') };
  return rows({
    [`create: ${words}`]: { ...creation, look: named('First'), effect: [`+ ${words} ACTIVE First v1`] },
    [`create: ${words} that exists`]: {
      ...creation,
      identity: 'none',
      before: create,
      refusal: `${words.replaceAll(' ', '_').toUpperCase()}_EXISTS`,
    },
    [`rename: ${words}`]: { ...update, look: named('Second'), effect: [`~ ${words} ACTIVE Second v2`] },
    [`rename: ${words} at an old version`]: {
      ...update,
      before: inTurn(create, rename('Third')),
      refusal: 'VERSION_CONFLICT',
    },
  });
}
