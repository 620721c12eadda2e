export {
  checkTables,
  type Composition,
  type ServiceDefinition,
  type ServiceParts,
  startService,
} from './start-service.ts';
