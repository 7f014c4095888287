/** Runs the same work again and again, one at a time. */
export interface Rounds {
  /** Asks for a round. While one runs, all who ask get one more together. */
  request: () => void;
  /** Whether none runs: what is asked for now begins at once. */
  isIdle: () => boolean;
  /** Resolves when no round runs. */
  idle: () => Promise<void>;
}

/** @param onError of a round; those that were asked for meanwhile wait for the next request */
export function createRounds(work: () => Promise<void>, onError: (error: unknown) => void): Rounds {
  let isWanted = false;
  let isRunning = false;
  let running = Promise.resolve();

  async function run(): Promise<void> {
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        await work();
      }
    } catch (error) {
      onError(error);
    } finally {
      isRunning = false;
    }
  }

  return {
    request: () => {
      isWanted = true;
      if (!isRunning) running = run();
    },
    isIdle: () => !isRunning,
    idle: () => running,
  };
}
