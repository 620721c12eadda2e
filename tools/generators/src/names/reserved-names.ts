const words = `
  abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do
  else enum eval export extends false finally for from function get global if implements import in infer instanceof interface
  is keyof let module namespace never new null number object of package private protected prototype public readonly require return
  satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown using var void
  while with yield
`;

/** Types of the language. Values of the language, such as `Map`, are found in the global object. */
const types =
  'Awaited Capitalize Exclude Extract NonNullable Omit Parameters Partial Pick Readonly Record Required ReturnType';

/** What names something else in the workspace: tags, folders and entry points. */
const workspace =
  'common core dao domain entities entity examples flow index src shared table testing tests tool tools';

/** What the generated code itself declares or imports. */
const generated = `
  add and answer answers asFirst attributes attribute attributeNames binding cause change changes clock code codes connection
  context create created createdAt creates creation cursor cursorOf data database DatabaseOptions description details domainError
  DomainError each earlierAttemptUnknown end entityFuzz entries exampleValues existing expectedVersion expect fact factLine faulty
  fc first found fresh fromItem getDao guard http ids InvalidCursorError item itemId itemSchema items jest key keep keys limit
  list ListQuery looksAt made make matrixRow message more name nextCursor now offline oldItem one opened options or other
  OutcomeUnknownError overrides page Page pages parse parser position present print printed promised property put query raw
  RawItem read readItems reads refusal remove renaming result retry run scene schema second setting source sleep startKey status
  statuses stamp state store stored Store TableShape tableName taken tampered TestStore text texts timestamps trace update updated
  updates updatedAt value ValidationError version VersionConflictError who world worldNames write writeId wrong z
`;

const namesIn = (text: string): string[] => text.trim().split(/\s+/);

/** Names that no domain and no entity may have, as the code would write them. */
export const reservedNames: ReadonlySet<string> = new Set([words, types, workspace, generated].flatMap(namesIn));
