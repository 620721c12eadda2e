/** The image that the Docker backend runs; tools/dynamodb-image reads its name from this line. */
export const dynamoDbImage = 'amazon/dynamodb-local:3.3.1';
