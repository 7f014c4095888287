/** Who looks when something may have changed. A hint says where to look, never what is there; any hint may be lost. */

/**
 * What may have changed.
 * `user`: events or sessions of a user (key: the user's id). `router`: what a router must do; `ask`: what else is wanted of it (key: as
 * `routerKey` writes it). `alerts`: the outbox, or a channel's queue (key: empty).
 */
export type Hint = { topic: Topic; key: string };

export type Topic = 'user' | 'router' | 'ask' | 'alerts';

/** Called with the key that a hint names; without one if hints may have been lost, so that all of it has to be looked at. */
export type Look = (key?: string) => void;

export interface Wakes {
  /** Says, after the commit, what may have changed. Neither fails nor waits. */
  tell: (hint: Hint) => void;
  /**
   * Looks whenever a hint of the topic comes, from any process.
   * @param key only hints with this one
   * @returns a function that stops it
   */
  hear: (topic: Topic, look: Look, key?: string) => () => void;
  /** Sends what is still to be told, and ends the connection. */
  close: () => Promise<void>;
}

/** The hearers of this process, with what tells all of them to look. */
export type LocalWakes = Wakes & { lookAll: () => void };

/** Hints within one process. */
export function createLocalWakes(): LocalWakes {
  const hearers = new Map<Topic, { all: Set<Look>; some: Map<string, Set<Look>> }>();
  const of = (topic: Topic) => {
    const known = hearers.get(topic) ?? { all: new Set(), some: new Map<string, Set<Look>>() };
    hearers.set(topic, known);
    return known;
  };
  return {
    tell: ({ topic, key }) => {
      const { all, some } = of(topic);
      for (const look of [...all, ...(some.get(key) ?? [])]) look(key);
    },
    hear: (topic, given, key) => {
      // Of its own, so that one function can hear twice.
      const look: Look = (about) => given(about);
      const { all, some } = of(topic);
      if (key === undefined) {
        all.add(look);
        return () => void all.delete(look);
      }
      const own = some.get(key) ?? new Set();
      some.set(key, own.add(look));
      return () => {
        own.delete(look);
        if (own.size === 0 && some.get(key) === own) some.delete(key);
      };
    },
    lookAll: () => {
      for (const { all, some } of hearers.values())
        for (const look of [...all, ...[...some.values()].flatMap((own) => [...own])]) look();
    },
    close: async () => undefined,
  };
}
