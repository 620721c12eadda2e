import type { PlannedRound } from './run-book.ts';

/** The emulator slows as the tokens of transactions pile up, the check of the ledger as the tables grow. */
const operationsOfARound = 5_000;
const roundsOfABook = 2;

/** Rounds of about the same size, two to a book, so that each book sees a restart. */
export function planBooks(operations: number): PlannedRound[][] {
  const books = Math.ceil(operations / (roundsOfABook * operationsOfARound));
  const rounds = books * roundsOfABook;
  const start = (round: number) => Math.floor((operations * round) / rounds);

  return Array.from({ length: books }, (_, book) =>
    Array.from({ length: roundsOfABook }, (__, at) => {
      const round = book * roundsOfABook + at;
      return { round: round + 1, operations: start(round + 1) - start(round), firstId: start(round) + 1 };
    }),
  );
}
