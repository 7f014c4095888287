/**
 * What a router's agent can do besides protocol 1, each by the word that its `hello` says: docs/protocol.md has the list. Nothing
 * is sent to an agent that does not name its word.
 */
export const FEATURES = [
  'chunks',
  'partial',
  'time',
  'rates',
  'networks',
  'counts',
  'places',
  'router',
  'health',
  'usage',
  'wake',
  'update',
  'redial',
  'move',
] as const;

export type Feature = (typeof FEATURES)[number];

/** What no protocol-1 agent, and no router that never connected, can do anything of. */
export const NO_FEATURES: ReadonlySet<Feature> = new Set();

/** Those words that we know: a newer agent may say others. */
export function knownFeatures(words: readonly string[]): Set<Feature> {
  return new Set(FEATURES.filter((feature) => words.includes(feature)));
}
