import { v5 } from 'uuid';

interface Component {
  readonly 'bom-ref': string;
  readonly [field: string]: unknown;
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

/** A CycloneDX document, as far as it is changed here. */
export interface Bom {
  readonly serialNumber?: string;
  readonly metadata: {
    readonly component: Component;
    readonly timestamp?: string | undefined;
    readonly [field: string]: unknown;
  };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
  readonly [field: string]: unknown;
}

const namespace = '4b1f3c80-6f0e-5d0a-9d8f-6b2a3f2f6e11';

/**
 * Makes the bill of materials of one library out of what npm prints for it in a workspace: about the library itself and not the workspace, and
 * the same for the same release, without time and chance.
 *
 * @param ref - of the library, such as `@cnop/utils@0.1.0`.
 * @throws an Error when npm's document does not hold it.
 */
export function releaseBom(bom: Bom, ref: string): Bom {
  const component = bom.components.find((each) => each['bom-ref'] === ref);
  if (!component) throw new Error(`The bill of materials does not hold ${ref}.`);

  const workspace = bom.metadata.component['bom-ref'];
  const released: Bom = {
    ...bom,
    metadata: withoutTime({ ...bom.metadata, component }),
    components: bom.components.filter((each) => each !== component),
    dependencies: bom.dependencies.filter(({ ref: each }) => each !== workspace),
  };

  return { ...released, serialNumber: `urn:uuid:${v5(JSON.stringify({ ...released, serialNumber: '' }), namespace)}` };
}

const withoutTime = (metadata: Bom['metadata']): Bom['metadata'] => ({ ...metadata, timestamp: undefined });
