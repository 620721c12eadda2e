import type { DomainError, sharedErrors } from '@cnop/exceptions';
import { allOf, pageSchema, parseInput, usernameSchema, type Page, type Rule } from '@cnop/validation';
import { expectTypeOf } from 'expect-type';
import * as z from 'zod';

describe('types of validation', () => {
  it('give what the schema gives', () => {
    const parse = () => parseInput(z.strictObject({ username: usernameSchema, at: z.string().transform(Number) }), {});

    expectTypeOf(parse).returns.toEqualTypeOf<{ username: string; at: number }>();
    expectTypeOf(pageSchema.parse({})).toEqualTypeOf<Page>();
    expectTypeOf<Page>().toEqualTypeOf<{ limit: number; cursor?: string | undefined }>();
  });

  it('take any domain error from a rule, and nothing else', () => {
    expectTypeOf<(subject: string) => InstanceType<typeof sharedErrors.OverloadedError>>().toExtend<Rule<string>>();
    expectTypeOf<(subject: string) => Error>().not.toExtend<Rule<string>>();
    expectTypeOf(() => allOf<string>()).returns.toEqualTypeOf<Rule<string>>();
    expectTypeOf<Rule<string>>().returns.toEqualTypeOf<DomainError | undefined>();
  });
});
