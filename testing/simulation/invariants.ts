/** What must hold, whatever goes wrong. What does not is said in `broken` of the database. */
import type { Client, Home, RouterRow, Stored, Work } from './database.ts';
import { type SimulatedRouter, deviceOf } from './router.ts';

/** Milliseconds after its last trouble in which a node may still be taken for dead. */
const RECENT = 20_000;
/**
 * Milliseconds after which nobody may be shown as connected to a node that is silent, while another lives in peace: a lease of 5 s, the 10 s
 * after which the other is sure that it is not the database, 3 s of one renewal that is given up, and what all that takes.
 */
const SHOWN = 20_000;
/** Milliseconds in which it is stored what a router has said. */
const KNOWN = 5_000;

/** Whether nothing has happened to a node for so many milliseconds that others could take for its death. */
export function isWell(client: Client, now: number, milliseconds: number): boolean {
  const { isDead, begunAt, frozenUntil, cutOffUntil, troubledAt } = client;
  const latest = Math.max(begunAt, frozenUntil, cutOffUntil, troubledAt);
  return !isDead && now - latest >= milliseconds;
}

/** Of a router, the node writes whose connection counts, and nobody else: not one that was frozen and does not know. */
export function requireFence({ stored, client, read }: Work, { router }: Home): void {
  const { router_id, holder } = read(router);
  if (client !== undefined && holder !== client)
    stored.broken.add(
      `${router_id}: ${client.name} writes, though ${holder?.name ?? 'nobody'} holds it`,
    );
}

/** Nobody ends what a node holds that lives, and can say so. */
export function requireLost({ stored, client }: Work, { router_id, holder }: RouterRow): void {
  if (holder !== undefined && isWell(holder, stored.clock.now(), RECENT))
    stored.broken.add(
      `${router_id}: ${client?.name ?? 'somebody'} ends what ${holder.name} holds, which is well`,
    );
}

/** That all is applied is said only of what the router holds; nothing that was acknowledged is lost. */
export function requireTruth(
  { homes, broken }: Stored,
  { id, revision, blocked, state }: SimulatedRouter,
  acknowledged: number,
): void {
  const { policy_revision, applied_revision } = homeOf(homes, id).policy;
  if (policy_revision < acknowledged) broken.add(`${id}: ${acknowledged} was stored, and is lost`);
  if (applied_revision !== policy_revision || state !== 'intact') return;
  if (applied_revision !== revision)
    broken.add(`${id}: ${applied_revision} is said, and it holds ${revision}`);
  else if (blocked.join() !== deviceOf(revision))
    broken.add(`${id}: it holds another ${revision} than was stored`);
}

/** Once a router has said that it does something else, it is not said for long that it does what it must. */
export function requireKnown(
  { homes, clock, broken, awayUntil }: Stored,
  { id, knownSince }: SimulatedRouter,
): void {
  const now = clock.now();
  const { router, policy } = homeOf(homes, id);
  if (knownSince === undefined || now - Math.max(knownSince, awayUntil) < KNOWN) return;
  if (router.holder === undefined || !isWell(router.holder, now, KNOWN)) return;
  if (policy.applied_revision === policy.policy_revision)
    broken.add(`${id}: it has said that its rules are others, and counts as if they were not`);
}

/** A router is never sent what is older than what it holds. */
export function requireNewer({ broken }: Stored, router: SimulatedRouter, revision: number): void {
  if (revision < router.revision)
    broken.add(`${router.id}: it goes back from ${router.revision} to ${revision}`);
}

/** Nobody is shown for long as connected to a node that is gone. */
export function requireShown({ homes, clock, broken, awayUntil }: Stored, nodes: Client[]): void {
  const now = clock.now();
  const hasWitness = nodes.some((node) => isWell(node, now, SHOWN));
  if (!hasWitness || now - awayUntil < SHOWN) return;
  for (const { router } of homes.values()) {
    const { holder, router_id } = router;
    if (holder !== undefined && now - silentSince(holder, now) > SHOWN)
      broken.add(`${router_id}: it is shown as connected to ${holder.name}, which is gone`);
  }
}

/** Since when a node says nothing; now if it does. */
function silentSince({ diedAt, frozenAt, frozenUntil }: Client, now: number): number {
  return Math.min(diedAt ?? now, frozenUntil > now ? frozenAt : now);
}

export function homeOf(homes: Stored['homes'], id: string): Home {
  const home = homes.get(id);
  if (home === undefined) throw new Error(`There is no ${id}.`);
  return home;
}
