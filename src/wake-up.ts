/** One waits at a time, until somebody wakes it. A wake-up while nobody waits is kept for the next wait. */
export interface WakeUp {
  wake: () => void;
  /** Waits so many milliseconds at most, not at all if it was woken before. True if it was woken. */
  wait: (milliseconds: number) => Promise<boolean>;
}

export function createWakeUp(): WakeUp {
  let isWoken = false;
  let end = (): void => undefined;
  return {
    wake: () => {
      isWoken = true;
      end();
    },
    wait: async (milliseconds) => {
      const over = Promise.withResolvers<void>();
      const timer = setTimeout(over.resolve, milliseconds);
      end = over.resolve;
      if (!isWoken) await over.promise;
      clearTimeout(timer);
      const wasWoken = isWoken;
      isWoken = false;
      return wasWoken;
    },
  };
}
