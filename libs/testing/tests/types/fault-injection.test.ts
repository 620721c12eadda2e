import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { expectTypeOf } from 'expect-type';
import type { explore } from '@cnop/testing';
import {
  delayRequest,
  landLate,
  loseRequest,
  probabilities,
  type Fault,
  type FaultInjector,
  type FlowEnd,
  type HeldFault,
  type SdkRequestHandler,
} from '@cnop/testing';

describe('public types of fault injection', () => {
  it('fit the clients and the handlers of the AWS SDK', () => {
    type Handler = Extract<NonNullable<DynamoDBClientConfig['requestHandler']>, { handle: unknown }>;

    expectTypeOf<FaultInjector>().toExtend<Handler>();
    expectTypeOf<NodeHttpHandler>().toExtend<SdkRequestHandler>();
    expectTypeOf<FaultInjector>().toExtend<SdkRequestHandler>();
  });

  it('refuse the maker of a fault that was not called', () => {
    expectTypeOf(loseRequest()).toExtend<Fault>();
    expectTypeOf(loseRequest).not.toExtend<Fault>();
    expectTypeOf(landLate).not.toExtend<Fault>();
  });

  it('give a delay without an end a way to end it', () => {
    expectTypeOf(landLate()).toEqualTypeOf<HeldFault>();
    expectTypeOf(delayRequest(5)).toEqualTypeOf<Fault>();
  });

  it('know the names of the faults', () => {
    // @ts-expect-error There is no such fault.
    expect(() => probabilities({ looseRequest: 0.1 })).toThrow();
    // @ts-expect-error It has another name among these.
    expect(() => probabilities({ loseRequest: 0.1 }, { faults: { gone: loseRequest() } })).toThrow();
  });

  it('carry what the flow and the recovery give to the check', () => {
    type Check = Parameters<typeof explore<Date, number, string>>[0]['check'];

    expectTypeOf<Parameters<Check>[0]>().toExtend<{ world: Date; flow: FlowEnd<number>; recovered: string }>();
  });
});
