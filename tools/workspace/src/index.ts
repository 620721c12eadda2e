export { importLibraries, librariesOfLayers, type ModuleExports } from './libraries-of-layers.ts';
