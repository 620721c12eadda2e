#!/usr/bin/env node
import { runWithDynamoDb } from './run-with-dynamo-db.ts';

void runWithDynamoDb(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
