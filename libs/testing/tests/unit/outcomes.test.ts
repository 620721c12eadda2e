import { sharedErrors } from '@cnop/exceptions';
import { refusalOf, runParallel } from '@cnop/testing';

const refused = new sharedErrors.RequestTimedOutError({});
const defect = new TypeError('undefined is not a function');

describe(runParallel, () => {
  it('makes all calls at once and parts answers from refusals', async () => {
    let underway = 0;
    const call = async (index: number) => {
      underway += 1;
      await new Promise(setImmediate);
      if (index === 1) throw refused;
      if (index === 2) throw new sharedErrors.ContentionError({ attempts: 3 });
      return underway;
    };

    await expect(runParallel(4, call)).resolves.toEqual({
      answers: [4, 4],
      codes: ['REQUEST_TIMED_OUT', 'CONTENTION'],
    });
  });

  it('fails when a call fails for want of sense', async () => {
    await expect(runParallel(1, () => Promise.reject(defect))).rejects.toBe(defect);
  });
});

describe(refusalOf, () => {
  it('gives the refusal', async () => {
    await expect(refusalOf(Promise.reject(refused))).resolves.toBe(refused);
  });

  it('fails when there is none, or no refusal but a defect', async () => {
    await expect(refusalOf(Promise.resolve())).rejects.toThrow('was not refused');
    await expect(refusalOf(Promise.reject(defect))).rejects.toBe(defect);
  });
});
