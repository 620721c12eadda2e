import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import satisfies from 'spdx-satisfies';
import { broughtIn, usedBy, type Package } from './packages.ts';

const { ComponentType } = Enums;
const { FromNodePackageJson, License } = Contrib;
const components = new FromNodePackageJson.Builders.ComponentBuilder(
  new FromNodePackageJson.Factories.ExternalReferenceFactory(),
  // It throws for a text that is no SPDX expression.
  new License.Factories.LicenseFactory((text) => void satisfies(text, ['MIT'])),
);

function componentOf({ name, version, license = '', integrity }: Package): Models.Component {
  const component = components.makeComponent({ name, version, license }, ComponentType.Library);
  if (component === undefined) throw new Error(`${name} cannot be named in a bill of materials.`);

  component.bomRef.value = `${name}@${version}`;
  component.purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  if (integrity) component.hashes.set(...FromNodePackageJson.Utils.parsePackageIntegrity(integrity));
  return component;
}

/** The bill of materials of a library, as CycloneDX 1.6: the same for the same release, without time and chance. */
export function billOf(all: readonly Package[], library: Package): string {
  const packages = [library, ...broughtIn(all, library, { peers: false })];
  const named = new Map(packages.map((each) => [each, componentOf(each)]));
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: named.get(library) }) });

  for (const [each, component] of named) {
    if (each !== library) bom.components.add(component);
    for (const used of usedBy(all, each, { peers: false })) {
      const { bomRef } = named.get(used) ?? {};
      if (bomRef) component.dependencies.add(bomRef);
    }
  }
  const json = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return new Serialize.JsonSerializer(json).serialize(bom, { sortLists: true, space: 2 });
}
