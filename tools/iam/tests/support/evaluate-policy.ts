import type { IamPolicy, IamStatement } from '@cnop/database-core/infrastructure';
import type { WireCall } from './wire-call.ts';

/** Whether a policy permits a call: whether a statement does, since there is nothing but `Allow`. */
export const permits = ({ Statement }: IamPolicy, call: WireCall): boolean =>
  Statement.some((statement) => allows(statement, call));

/** The parts of a policy that none of the calls needed: an action on a resource, or an attribute that nobody asked for. */
export function unusedParts({ Statement }: IamPolicy, calls: readonly WireCall[]): string[] {
  return Statement.flatMap((statement) => {
    const used = calls.filter((call) => allows(statement, call));
    const actions = statement.Action.flatMap((action) =>
      statement.Resource.filter((resource) => !used.some((call) => fits(call, action, resource))).map(
        (resource) => `${statement.Sid}: ${action} on ${resource}`,
      ),
    );
    const attributes = conditionValues(statement, 'dynamodb:Attributes')
      .filter((attribute) => !isKey(attribute) && !used.some((call) => call.attributes?.includes(attribute)))
      .map((attribute) => `${statement.Sid}: attribute ${attribute}`);

    return [...actions, ...attributes];
  });
}

const isKey = (attribute: string) => attribute === 'pk' || attribute === 'sk';

function allows(statement: IamStatement, call: WireCall): boolean {
  return (
    statement.Action.some((action) => statement.Resource.some((resource) => fits(call, action, resource))) &&
    conditionsHold(statement, call)
  );
}

const fits = (call: WireCall, action: string, resource: string): boolean =>
  action === `dynamodb:${call.action}` && resource === resourceOf(call);

function resourceOf({ table, index, stream }: WireCall): string {
  const name = `${table.charAt(0).toUpperCase()}${table.slice(1)}TableName`;
  const arn = `arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${${name}}`;

  if (stream) return `${arn}/stream/*`;
  return index === undefined ? arn : `${arn}/index/${index}`;
}

/** Every condition must be one that is understood here: one that is not would count for nothing. */
function conditionsHold({ Condition = {} }: IamStatement, call: WireCall): boolean {
  return Object.entries(Condition).every(([operator, conditions]) =>
    Object.entries(conditions).every(([key, wanted]) => {
      const values = [wanted].flat();

      switch (`${operator} ${key}`) {
        case 'ForAnyValue:StringEquals dynamodb:EnclosingOperation':
          return call.enclosing !== undefined && values.includes(call.enclosing);
        case 'ForAllValues:StringEquals dynamodb:Attributes':
          return (call.attributes ?? []).every((attribute) => values.includes(attribute));
        case 'StringEqualsIfExists dynamodb:Select':
          return values.includes(call.attributes ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES');
        default:
          throw new Error(`A condition that is not known: ${operator} on ${key}`);
      }
    }),
  );
}

const conditionValues = ({ Condition = {} }: IamStatement, wanted: string) =>
  Object.values(Condition).flatMap((conditions) => (conditions[wanted] ? [conditions[wanted]].flat() : []));
