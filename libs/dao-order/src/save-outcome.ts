/** What became of a checkpoint to save: `behind` when another worker has come as far. */
export type SaveOutcome = 'saved' | 'behind';
