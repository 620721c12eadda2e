/** How the tables of a template are named. */
export interface TableTemplateOptions {
  /**
   * What every physical name starts with: `prod-` makes `prod-users`. Without it each name is a parameter of the template, the
   * logical name its default.
   */
  readonly prefix?: string;
}

/** `price-ticks` becomes `PriceTicks`. */
export const pascalCase = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `price-ticks` becomes `price_ticks`. */
export const snakeCase = (name: string): string => name.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
