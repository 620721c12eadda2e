export { checkTables } from './check-tables.ts';
export { startService, type Composition, type ServiceDefinition, type ServiceParts } from './start-service.ts';
