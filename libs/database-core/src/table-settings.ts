import * as z from 'zod';

/** A Region of AWS. */
export const regionSetting = z
  .string({ error: 'must be a Region such as eu-west-1' })
  .regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, 'must be a Region such as eu-west-1');

const tableNameRule = 'must be 3 to 255 letters, digits, "_", "." or "-"';

/** The physical name of a table. */
export const tableNameSetting = z.string({ error: tableNameRule }).regex(/^[A-Za-z0-9_.-]{3,255}$/, tableNameRule);

/**
 * Refuses one physical name for two tables: each has keys and indexes of its own.
 *
 * @param settingOf - names the setting of an entry in the rule.
 */
export const refuseSharedTables =
  (settingOf: (entry: string) => string) =>
  (payload: z.core.ParsePayload<Readonly<Record<string, string>>>): void => {
    const { value, issues } = payload;
    const owners = new Map<string, string>();

    for (const [entry, name] of Object.entries(value)) {
      const owner = owners.get(name);
      owners.set(name, owner ?? entry);
      if (owner === undefined) continue;
      const message = `must name another table than ${settingOf(owner)}`;
      issues.push({ code: 'custom', input: value, path: [entry], message });
    }
  };
