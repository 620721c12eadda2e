export { librariesOfLayers } from './libraries-of-layers.ts';
