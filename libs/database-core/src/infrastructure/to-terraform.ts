import type { TableShape } from '@cnop/utils';
import { defineTable, type KeySchemaDefinition, type StreamView } from '../table-definition.ts';
import { snakeCase, type TableTemplateOptions } from './to-cloudformation.ts';

/** A Terraform configuration in its JSON syntax, for a file that ends in `.tf.json`. */
export interface TerraformConfiguration {
  readonly variable?: Readonly<Record<string, TerraformVariable>>;
  readonly resource: { readonly aws_dynamodb_table: Readonly<Record<string, TerraformTable>> };
  readonly output: Readonly<Record<string, TerraformOutput>>;
}

/** What other configurations need to know of a table. */
export interface TerraformOutput {
  readonly value: string;
}

/** The name of a table, asked for when the configuration is applied. */
export interface TerraformVariable {
  readonly type: 'string';
  readonly default: string;
  readonly description: string;
}

/** One `aws_dynamodb_table`. */
export interface TerraformTable {
  readonly name: string;
  readonly billing_mode: 'PAY_PER_REQUEST';
  readonly hash_key: string;
  readonly range_key?: string;
  readonly attribute: readonly { readonly name: string; readonly type: string }[];
  readonly global_secondary_index?: readonly TerraformIndex[];
  readonly point_in_time_recovery: { readonly enabled: true };
  readonly deletion_protection_enabled: true;
  readonly stream_enabled?: true;
  readonly stream_view_type?: StreamView;
  readonly ttl?: { readonly attribute_name: string; readonly enabled: true };
  readonly lifecycle: { readonly prevent_destroy: true };
}

/** One global secondary index of an `aws_dynamodb_table`. */
export interface TerraformIndex {
  readonly name: string;
  readonly hash_key: string;
  readonly range_key?: string;
  readonly projection_type: string;
}

/**
 * The tables as a Terraform configuration for the AWS provider, for production: on-demand capacity, point-in-time recovery and
 * deletion protection. Keys, indexes, stream and time to live are those that `ensureTables` creates.
 *
 * @see {@link https://developer.hashicorp.com/terraform/language/syntax/json}
 * @see {@link https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table}
 */
export function toTerraform(
  shapes: readonly TableShape[],
  { prefix }: TableTemplateOptions = {},
): TerraformConfiguration {
  const tables = shapes.map((shape): [string, TerraformTable] => {
    const resource = snakeCase(shape.name);
    const name = prefix === undefined ? `\${var.${resource}_table_name}` : `${prefix}${shape.name}`;

    return [resource, terraformTable(shape, name)];
  });
  const variables = shapes.map(({ name }): [string, TerraformVariable] => [
    `${snakeCase(name)}_table_name`,
    { type: 'string', default: name, description: `The name of the table ${name}.` },
  ]);
  const outputs = shapes.flatMap(({ name, stream }) =>
    ['arn', ...(stream === undefined ? [] : ['stream_arn'])].map((attribute): [string, TerraformOutput] => [
      `${snakeCase(name)}_table_${attribute}`,
      { value: `\${aws_dynamodb_table.${snakeCase(name)}.${attribute}}` },
    ]),
  );

  return {
    ...(prefix === undefined && { variable: Object.fromEntries(variables) }),
    resource: { aws_dynamodb_table: Object.fromEntries(tables) },
    output: Object.fromEntries(outputs),
  };
}

function terraformTable(shape: TableShape, tableName: string): TerraformTable {
  const definition = defineTable(shape, tableName);
  const { TableName, BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = definition;
  const { stream, timeToLive } = shape;
  const indexes = GlobalSecondaryIndexes?.map((index) => ({
    name: index.IndexName,
    ...terraformKeys(index.KeySchema),
    projection_type: index.Projection.ProjectionType,
  }));

  return {
    name: TableName,
    billing_mode: BillingMode,
    ...terraformKeys(KeySchema),
    attribute: AttributeDefinitions.map(({ AttributeName, AttributeType }) => ({
      name: AttributeName,
      type: AttributeType,
    })),
    ...(indexes && { global_secondary_index: indexes }),
    point_in_time_recovery: { enabled: true },
    deletion_protection_enabled: true,
    ...(stream !== undefined && { stream_enabled: true, stream_view_type: stream }),
    ...(timeToLive !== undefined && { ttl: { attribute_name: timeToLive, enabled: true } }),
    lifecycle: { prevent_destroy: true },
  };
}

function terraformKeys([partitionKey, sortKey]: KeySchemaDefinition): { hash_key: string; range_key?: string } {
  return { hash_key: partitionKey.AttributeName, ...(sortKey && { range_key: sortKey.AttributeName }) };
}
