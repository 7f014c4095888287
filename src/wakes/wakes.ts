/** Who looks when something may have changed, and who answers for it. A hint says where to look, never what is there; any hint may be lost. */
import type { Heartbeat } from './heartbeats.ts';
import {
  type Answerer,
  NoAnswerError,
  NobodyThereError,
  type NodeAddress,
  requireShort,
} from './questions.ts';
import { within } from '../timeout.ts';

/**
 * What may have changed.
 * `user`: events or sessions of a user (key: the user's id). `router`: what a router must do; `ask`: what else is wanted of it (key: as
 * `routerKey` writes it). `alerts`: the outbox, or a channel's queue (key: empty).
 */
export type Hint = {
  topic: Topic;
  key: string;
  /** The instance of the Commands-Server that holds the router's connection, if the teller knows. */
  node?: string | undefined;
};

export type Topic = 'user' | 'router' | 'ask' | 'alerts';

/** Called with the key that a hint names; without one if hints may have been lost, so that all of it has to be looked at. */
export type Look = (key?: string) => void;

/** Which hints of a topic: those with this key; those for this node, and those that name none. */
export type Heard = { key?: string; node?: string };

export interface Wakes {
  /** Says, after the commit, what may have changed. Neither fails nor waits. */
  tell: (hint: Hint) => void;
  /**
   * Looks whenever a hint of the topic comes, from any process.
   * @returns a function that stops it
   */
  hear: (topic: Topic, look: Look, heard?: Heard) => () => void;
  /**
   * Asks a Commands-Server, and gives its answer. Throws NobodyThereError, at once, if it is gone; NoAnswerError if it says nothing for so
   * many milliseconds, or too much, or cannot be reached.
   */
  ask: (node: NodeAddress, question: string, milliseconds: number) => Promise<string>;
  /**
   * Answers what is asked of an instance.
   * @returns a function that stops it
   */
  answer: (instance: string, answerer: Answerer) => () => void;
  /** Says of a Commands-Server that it lives. Only NATS brings that to others: what goes through PostgreSQL is lost with it. */
  beat: (heartbeat: Heartbeat) => void;
  /**
   * Hears what other Commands-Servers say of themselves; without NATS nothing.
   * @returns a function that stops it
   */
  hearBeats: (take: (heartbeat: Heartbeat) => void) => () => void;
  /** Whether the hints of other processes come. If not, those who wait for one look more often. */
  isConnected: () => boolean;
  /** How many hints this process has told others, and heard from them. */
  count: () => { told: number; heard: number };
  /** Sends what is still to be told, and ends the connection. */
  close: () => Promise<void>;
}

/** The hearers of this process, with what tells all of them to look. */
export type LocalWakes = Wakes & {
  lookAll: () => void;
  /** What answers for an instance, if that is of this process. */
  answererOf: (instance: string) => Answerer | undefined;
};

type Hearer = { look: Look; node: string | undefined };

/** Hints and questions within one process. */
export function createLocalWakes(): LocalWakes {
  const hearers = new Map<Topic, { all: Set<Hearer>; some: Map<string, Set<Hearer>> }>();
  const answerers = new Map<string, Answerer>();
  const of = (topic: Topic) => {
    const known = hearers.get(topic) ?? { all: new Set(), some: new Map<string, Set<Hearer>>() };
    hearers.set(topic, known);
    return known;
  };
  return {
    tell: ({ topic, key, node }) => {
      const { all, some } = of(topic);
      for (const hearer of [...all, ...(some.get(key) ?? [])])
        if (node === undefined || hearer.node === undefined || hearer.node === node)
          hearer.look(key);
    },
    hear: (topic, given, { key, node } = {}) => {
      // Of its own, so that one function can hear twice.
      const hearer: Hearer = { look: (about) => given(about), node };
      const { all, some } = of(topic);
      if (key === undefined) {
        all.add(hearer);
        return () => void all.delete(hearer);
      }
      const own = some.get(key) ?? new Set();
      some.set(key, own.add(hearer));
      return () => {
        own.delete(hearer);
        if (own.size === 0 && some.get(key) === own) some.delete(key);
      };
    },
    lookAll: () => {
      for (const { all, some } of hearers.values())
        for (const { look } of [...all, ...[...some.values()].flatMap((own) => [...own])]) look();
    },
    ask: async ({ instance }, question, milliseconds) => {
      const answerer = answerers.get(instance);
      if (answerer === undefined) throw new NobodyThereError();
      const answer = await within(milliseconds, answerer(question), () => {
        throw new NoAnswerError('it did not answer in time');
      });
      return requireShort(answer);
    },
    answer: (instance, answerer) => {
      answerers.set(instance, answerer);
      return () => void answerers.delete(instance);
    },
    answererOf: (instance) => answerers.get(instance),
    beat: () => undefined,
    hearBeats: () => () => undefined,
    isConnected: () => true,
    count: () => ({ told: 0, heard: 0 }),
    close: async () => undefined,
  };
}
