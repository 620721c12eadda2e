import type { TableShape } from '@cnop/utils';
import { defineTable } from '../table-definition.ts';

/** How the tables of a template are named. */
export interface TableTemplateOptions {
  /**
   * What every physical name starts with: `prod-` makes `prod-users`. Without it each name is a parameter of the template, the
   * logical name its default.
   */
  readonly prefix?: string;
}

/** `price-ticks` becomes `PriceTicks`. */
export const pascalCase = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `price-ticks` becomes `price_ticks`. */
export const snakeCase = (name: string): string => name.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();

/** A CloudFormation template as a plain object, for `JSON.stringify`. */
export interface CloudFormationTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Parameters?: Readonly<Record<string, CloudFormationParameter>>;
  readonly Resources: Readonly<Record<string, CloudFormationTable>>;
  readonly Outputs: Readonly<Record<string, CloudFormationOutput>>;
}

/** What other stacks need to know of a table. */
export interface CloudFormationOutput {
  readonly Value: { readonly 'Fn::GetAtt': readonly [resource: string, attribute: string] };
}

/** The name of a table, asked for when the stack is made. */
export interface CloudFormationParameter {
  readonly Type: 'String';
  readonly Default: string;
  readonly AllowedPattern: string;
}

/** One `AWS::DynamoDB::Table`. */
export interface CloudFormationTable {
  readonly Type: 'AWS::DynamoDB::Table';
  readonly DeletionPolicy: 'Retain';
  readonly UpdateReplacePolicy: 'Retain';
  readonly Properties: Readonly<Record<string, unknown>>;
}

/**
 * The tables as a CloudFormation template, for production: on-demand capacity, point-in-time recovery and deletion protection. Keys,
 * indexes, stream and time to live are those that `ensureTables` creates. A table outlives its stack.
 *
 * @see {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html}
 */
export function toCloudFormation(
  shapes: readonly TableShape[],
  { prefix }: TableTemplateOptions = {},
): CloudFormationTemplate {
  const resources = shapes.map((shape): [string, CloudFormationTable] => {
    const resource = resourceOf(shape);
    return [
      resource,
      tableResource(shape, prefix === undefined ? { Ref: `${resource}Name` } : `${prefix}${shape.name}`),
    ];
  });
  const parameters = shapes.map((shape): [string, CloudFormationParameter] => [
    `${resourceOf(shape)}Name`,
    { Type: 'String', Default: shape.name, AllowedPattern: '[A-Za-z0-9_.-]{3,255}' },
  ]);
  const outputs = shapes.flatMap((shape) =>
    ['Arn', ...(shape.stream === undefined ? [] : ['StreamArn'])].map((attribute): [string, CloudFormationOutput] => [
      `${resourceOf(shape)}${attribute}`,
      { Value: { 'Fn::GetAtt': [resourceOf(shape), attribute] } },
    ]),
  );

  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `DynamoDB tables: ${shapes.map(({ name }) => name).join(', ')}.`,
    ...(prefix === undefined && { Parameters: Object.fromEntries(parameters) }),
    Resources: Object.fromEntries(resources),
    Outputs: Object.fromEntries(outputs),
  };
}

const resourceOf = ({ name }: TableShape): string => `${pascalCase(name)}Table`;

function tableResource(shape: TableShape, TableName: unknown): CloudFormationTable {
  return {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      ...defineTable(shape, shape.name),
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      ...(shape.stream !== undefined && { StreamSpecification: { StreamViewType: shape.stream } }),
      ...(shape.timeToLive !== undefined && {
        TimeToLiveSpecification: { AttributeName: shape.timeToLive, Enabled: true },
      }),
    },
  };
}
