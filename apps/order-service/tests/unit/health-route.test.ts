import { fakeService } from '../support/fake-service.ts';

describe('GET /health', () => {
  it.each([
    ['pass', 200],
    ['warn', 200],
    ['fail', 503],
  ] as const)('answers with the report of a service that is %s: %i', async (status, statusCode) => {
    const { service, readiness } = fakeService();
    readiness.mockResolvedValue({ status, checks: {} });

    const answer = await service.inject('/health');

    expect(answer.statusCode).toBe(statusCode);
    expect(answer.json()).toEqual({ status, checks: {} });
  });
});
