/** How a router stands with its policy, and what follows from that. Pure: reconciler.ts acts on it. */
import type { DesiredState } from './desired-state.ts';
import type { Report, RuleState } from './driver.ts';

export type Convergence = {
  /** The revision that the router has confirmed to this database, and does. Undefined: not known. */
  confirmed: number | undefined;
  /** The revision that it refused: tried again with the next change, or the next report. */
  refused: number | undefined;
  /** What somebody had done to its rules, until that is fixed. */
  drift: RuleState | undefined;
};

export const NOTHING_KNOWN: Convergence = {
  confirmed: undefined,
  refused: undefined,
  drift: undefined,
};

/**
 * After a report. It counts only if it is what the router has confirmed to this database, its rules are intact, and no
 * block is missing of those that it counts; else nothing counts as confirmed.
 * @param least how many blocks that revision has, at least
 */
export function onReport(
  known: Convergence,
  { revision, state, blocks }: Report,
  applied_revision: number,
  least = 0,
): Convergence {
  if (state === 'intact' && revision === applied_revision && (blocks ?? least) >= least)
    return { ...known, confirmed: revision, refused: undefined };
  // A router that never confirmed anything has nothing to lose.
  const isDrift = applied_revision > 0 && state !== 'intact';
  return {
    confirmed: undefined,
    refused: undefined,
    drift: isDrift ? state : known.drift,
  };
}

/** Whether a report changes nothing: it is the one that was stored last, and what the router has confirmed. */
export function saysNothingNew(
  { confirmed, refused, drift }: Convergence,
  stored: Report,
  { revision, state, limiter, clock, blocks }: Report,
): boolean {
  const isAsStored =
    limiter === stored.limiter && clock === stored.clock && blocks === stored.blocks;
  const isDone = refused === undefined && drift === undefined;
  return isAsStored && isDone && state === 'intact' && revision === confirmed;
}

export function onApplied(revision: number): Convergence {
  return { confirmed: revision, refused: undefined, drift: undefined };
}

export function onRefused(known: Convergence, revision: number): Convergence {
  return { ...known, refused: revision };
}

/** Whether the database does not say any more that the router has confirmed what it has: it has to confirm it once more. */
export function isForgotten({ confirmed }: Convergence, wanted: DesiredState): boolean {
  return wanted.policy_revision === confirmed && wanted.applied_revision !== confirmed;
}

/** What to do with a connection. */
export type Step = 'unlink' | 'replaced' | 'send' | 'rest';

/** @param wanted undefined if the router is unlinked or deleted */
export function nextStep(
  known: Convergence,
  wanted: DesiredState | undefined,
  connection_id: string,
): Step {
  if (wanted === undefined) return 'unlink';
  if (!isCurrent(wanted, connection_id)) return 'replaced';
  const { policy_revision } = wanted;
  return policy_revision === known.confirmed || policy_revision === known.refused ? 'rest' : 'send';
}

/** Whether this connection counts, and the key that it was opened with. */
export function isCurrent(wanted: DesiredState, connection_id: string): boolean {
  return wanted.is_key_current && wanted.connection_id === connection_id;
}

/** Whether the router has answered to that revision, or a later one. */
export function hasAnswered({ confirmed, refused }: Convergence, revision: number): boolean {
  return Math.max(confirmed ?? 0, refused ?? 0) >= revision;
}
