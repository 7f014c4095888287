import { TooManyRequestsError } from '../errors.ts';
import { type Entrant, type GateRules, createGate } from './gate.ts';

export type TurnRules = GateRules & {
  /** What the places are for, in the plural: "database transactions". */
  what: string;
  /** How long an entrant that is not patient waits, in milliseconds. */
  longestWaitMs: number;
};

/** Places that several owners share fairly; one who finds none waits for a turn. */
export interface Turns {
  /**
   * Resolves with a place, as the function that gives it back. Throws TooManyRequestsError if the owner has too many
   * waiting, or the turn does not come in time; never for patient ones.
   */
  take: (owner: string | undefined, isPatient?: boolean) => Promise<() => void>;
  /** Runs `work` with a place of this owner's. Throws like `take`. */
  run: <Result>(owner: string, work: () => Promise<Result>, isPatient?: boolean) => Promise<Result>;
  /** Changes the number of places. */
  resize: (most: number) => void;
  countInside: () => number;
  countWaiting: () => number;
}

/** What a client should wait before it tries again: others have finished by then. */
const RETRY_SECONDS = 2;

export function createTurns({ what, longestWaitMs, ...rules }: TurnRules): Turns {
  const gate = createGate(rules);
  const waiting = new Map<Entrant, () => void>();
  const wake = (entrants: readonly Entrant[]) => {
    for (const entrant of entrants) waiting.get(entrant)?.();
  };

  /** Whose places are all taken: those of this owner, or all. */
  const busy = (owner: string | undefined): TooManyRequestsError => {
    const isOwn = owner !== undefined && gate.countInside(owner) >= rules.mostOfOne;
    return new TooManyRequestsError(
      isOwn
        ? `You already have ${rules.mostOfOne} of your ${what} under way, as many as one account may have: try again in a moment.`
        : `NetPilot is busy: the places for ${what} are taken by others. Try again in a moment.`,
      RETRY_SECONDS,
      what,
    );
  };

  const wait = (entrant: Entrant): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = entrant.isPatient
        ? undefined
        : setTimeout(() => {
            const error = busy(entrant.owner);
            waiting.delete(entrant);
            gate.withdraw(entrant);
            reject(error);
          }, longestWaitMs);
      waiting.set(entrant, () => {
        clearTimeout(timer);
        waiting.delete(entrant);
        resolve();
      });
    });

  const take: Turns['take'] = async (owner, isPatient = false) => {
    const entrant: Entrant = { owner, isPatient };
    const admission = gate.enter(entrant);
    if (admission === 'refused') throw busy(owner);
    if (admission === 'waiting') await wait(entrant);
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      wake(gate.leave(entrant));
    };
  };

  return {
    take,
    run: async (owner, work, isPatient) => {
      const leave = await take(owner, isPatient);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    resize: (most) => wake(gate.resize(most)),
    countInside: () => gate.countInside(),
    countWaiting: () => waiting.size,
  };
}
