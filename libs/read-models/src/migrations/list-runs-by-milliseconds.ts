/** Cursors know milliseconds: whoever listed runs from the oldest on was given the last of a page again. */
export const listRunsByMilliseconds = {
  name: 'ListRunsByMilliseconds1763800070000',
  up: 'alter table read_models.background_runs alter column started_at type timestamptz(3)',
} as const;
