/** One kind of answer that an agent owes: at most one at a time, known by its number. */
export interface Ask<Answer> {
  /** From now on an answer is waited for; it rejects when the session ends first. */
  start: (id?: number) => Promise<Answer>;
  /** The answer that is waited for. */
  pending: () => Promise<Answer> | undefined;
  isPending: (id: number) => boolean;
  /** False if nobody waits for an answer of this number. */
  settle: (answer: Answer, id?: number) => boolean;
  fail: (error: Error) => void;
}

export function createAsk<Answer>(): Ask<Answer> {
  let waiting: (PromiseWithResolvers<Answer> & { id: number | undefined }) | undefined;
  return {
    start: (id) => {
      waiting = { ...Promise.withResolvers<Answer>(), id };
      return waiting.promise;
    },
    pending: () => waiting?.promise,
    isPending: (id) => waiting?.id === id,
    settle: (answer, id) => {
      if (waiting === undefined || waiting.id !== id) return false;
      waiting.resolve(answer);
      waiting = undefined;
      return true;
    },
    fail: (error) => waiting?.reject(error),
  };
}
