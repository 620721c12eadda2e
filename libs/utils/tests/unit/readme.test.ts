describe('the example of the README', () => {
  it('prints what it says', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation();

    await import('../../examples/readme.ts');

    expect(log.mock.calls.flat()).toEqual(['23.42', '01KDYAK348']);
  });
});
