import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose share connections count for while `work` runs: see `Entrant` in gate.ts. */
export type Lane = { owner: string | undefined; isPatient: boolean };

const SERVICE: Lane = { owner: undefined, isPatient: false };
const lanes = new AsyncLocalStorage<Lane>();

/** Runs `work` so that each connection it takes counts for this owner, and waits as the lane around it does. */
export function inLaneOf<Result>(owner: string, work: () => Promise<Result>): Promise<Result> {
  return lanes.run({ ...currentLane(), owner }, work);
}

/** Runs `work` so that it waits for connections as long as it takes, for what would otherwise be lost. */
export function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  return lanes.run({ ...currentLane(), isPatient: true }, work);
}

/** The lane of what runs now; the service's own if nobody said otherwise. */
export function currentLane(): Lane {
  return lanes.getStore() ?? SERVICE;
}
