import { createTurns } from '../database/turns.ts';

/**
 * What all users may do at once in this process, and how: one of each kind for each user. An import and an export have a
 * connection to the database of their own; files on their way in or out have none, only room in the temporary folder.
 */
export const uploads = createTurns({
  what: 'uploads',
  most: 16,
  mostOfOne: 1,
  mostWaiting: 4,
  longestWaitMs: 5_000,
});

/** Longer than for others, because the files have been received already. */
export const imports = createTurns({
  what: 'imports',
  most: 4,
  mostOfOne: 1,
  mostWaiting: 4,
  longestWaitMs: 60_000,
});

export const exports = createTurns({
  what: 'exports',
  most: 4,
  mostOfOne: 1,
  mostWaiting: 4,
  longestWaitMs: 5_000,
});

export const downloads = createTurns({
  what: 'downloads of exports',
  most: 32,
  mostOfOne: 1,
  mostWaiting: 4,
  longestWaitMs: 5_000,
});
