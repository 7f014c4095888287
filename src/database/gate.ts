/** Somebody who wants one of few places. The same object enters, waits and leaves. */
export type Entrant = {
  /** Whose share it counts for: a user, or a network of strangers; undefined for the service itself, which has no share. */
  owner: string | undefined;
  /** Waits for as long as it takes, before the others of its owner: work that must not be refused. */
  isPatient: boolean;
};

export type GateRules = {
  /** Places in all. */
  most: number;
  /** Places that one owner may have. */
  mostOfOne: number;
  /** Entrants of one owner that may wait, not counting patient ones. */
  mostWaiting: number;
  /** Places that patient entrants may have together. */
  mostPatient?: number;
};

export type Admission = 'inside' | 'waiting' | 'refused';

/** Shares places fairly: no timers and no promises, so the caller decides what waiting is. */
export interface Gate {
  /** Takes a place, or waits for one; `refused` if too many of this owner wait already. */
  enter: (entrant: Entrant) => Admission;
  /** Gives a place back. @returns those who get a place now */
  leave: (entrant: Entrant) => Entrant[];
  /** Stops waiting. */
  withdraw: (entrant: Entrant) => void;
  /** Changes the number of places. Nobody who is inside loses one. @returns those who get a place now */
  resize: (most: number) => Entrant[];
  /** How many are inside; of this owner, if one is given. */
  countInside: (owner?: string) => number;
}

/** One owner's entrants. */
type Lane = { inside: number; patient: Entrant[]; waiting: Entrant[] };

/**
 * Creates a gate at which owners take turns: with each place that is given back, the owner is next who has waited for a
 * turn longest, however many entrants another one has. Within an owner it is first come, first served.
 */
export function createGate({
  most,
  mostOfOne,
  mostWaiting,
  mostPatient = Infinity,
}: GateRules): Gate {
  let places = most;
  let inside = 0;
  let patientInside = 0;
  /** In the order of their turns: who gets one goes to the end. */
  const lanes = new Map<string | undefined, Lane>();

  const next = (): Entrant | undefined => {
    if (inside >= places) return undefined;
    for (const [owner, lane] of lanes) {
      if (owner !== undefined && lane.inside >= mostOfOne) continue;
      const entrant =
        (patientInside < mostPatient ? lane.patient.shift() : undefined) ?? lane.waiting.shift();
      if (entrant === undefined) continue;
      lanes.delete(owner);
      lanes.set(owner, lane);
      return entrant;
    }
    return undefined;
  };
  const admit = (): Entrant[] => {
    const admitted: Entrant[] = [];
    for (let entrant = next(); entrant !== undefined; entrant = next()) {
      const lane = lanes.get(entrant.owner);
      if (lane !== undefined) lane.inside += 1;
      inside += 1;
      if (entrant.isPatient) patientInside += 1;
      admitted.push(entrant);
    }
    return admitted;
  };
  const forgetIfEmpty = (owner: string | undefined, lane: Lane) => {
    if (lane.inside + lane.patient.length + lane.waiting.length === 0) lanes.delete(owner);
  };

  return {
    enter: (entrant) => {
      const lane = lanes.get(entrant.owner) ?? { inside: 0, patient: [], waiting: [] };
      lanes.set(entrant.owner, lane);
      const queue = entrant.isPatient ? lane.patient : lane.waiting;
      queue.push(entrant);
      if (admit().includes(entrant)) return 'inside';
      if (entrant.isPatient || lane.waiting.length <= mostWaiting) return 'waiting';
      lane.waiting.pop();
      return 'refused';
    },
    leave: ({ owner, isPatient }) => {
      const lane = lanes.get(owner);
      if (lane === undefined) throw new RangeError('nobody of this owner is inside');
      lane.inside -= 1;
      inside -= 1;
      if (isPatient) patientInside -= 1;
      forgetIfEmpty(owner, lane);
      return admit();
    },
    withdraw: (entrant) => {
      const lane = lanes.get(entrant.owner);
      if (lane === undefined) return;
      for (const queue of [lane.patient, lane.waiting]) {
        const place = queue.indexOf(entrant);
        if (place >= 0) queue.splice(place, 1);
      }
      forgetIfEmpty(entrant.owner, lane);
    },
    resize: (to) => {
      places = to;
      return admit();
    },
    countInside: (owner) => (owner === undefined ? inside : (lanes.get(owner)?.inside ?? 0)),
  };
}
