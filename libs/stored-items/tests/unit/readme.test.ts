describe('the example of the README', () => {
  it('prints what it says', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation();

    await import('../../examples/readme.ts');

    expect(log.mock.calls).toEqual([['{"pk":{"S":"PET#Rex"},"weightMinor":{"N":"12500"}}'], ['Rex', 12_500n]]);
  });
});
