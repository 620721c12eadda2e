export { checkTables } from './start-service.ts';
export { startService, type Composition, type ServiceDefinition, type ServiceParts } from './start-service.ts';
