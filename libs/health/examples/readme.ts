import { performance } from 'node:perf_hooks';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createHealthRegistry } from '@cnop/health';
import { dynamoDbChecks } from '@cnop/health/dynamodb';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const health = createHealthRegistry();

for (const check of dynamoDbChecks({ client, tableNames: ['users', 'orders'] })) {
  health.register(check);
}
health.register({
  name: 'event-loop',
  kinds: ['liveness'],
  check: () =>
    performance.eventLoopUtilization().utilization < 0.99 ? undefined : { status: 'warn', message: 'BUSY' },
});

const { status, checks } = await health.readiness();
console.log(status === 'fail' ? 503 : 200, checks); // { 'dynamodb:users': { status, latencyMs, checkedAt, message? }, … }
client.destroy();
