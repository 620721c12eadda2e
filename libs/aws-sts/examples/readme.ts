import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createAssumedRoleCredentials, getCallerIdentity } from '@cnop/aws-sts';

const region = 'eu-central-1';
const credentials = createAssumedRoleCredentials({
  region,
  role: [
    { roleArn: 'arn:aws:iam::111122223333:role/hub', roleSessionName: 'order-service' },
    {
      roleArn: 'arn:aws:iam::444455556666:role/orders',
      roleSessionName: 'order-service',
      externalId: 'partner-42',
      tags: { team: 'orders' },
    },
  ],
});

const client = new DynamoDBClient({ region, credentials });
console.log((await getCallerIdentity({ region, credentials })).arn);
client.destroy();
