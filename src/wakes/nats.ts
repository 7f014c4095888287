/** Hints and questions between the processes of several machines, by NATS: docs/decisions/0050. */
import type { NatsConfig } from '../config/nats.ts';
import { parseHeartbeat } from './heartbeats.ts';
import { type NatsLink, keepConnected } from './nats-connection.ts';
import { createSeals } from './questions.ts';
import {
  heartbeatsSubject,
  hintOf,
  inboxPrefix,
  messageOf,
  questionsSubject,
  subjectOf,
} from './subjects.ts';
import {
  type Heard,
  type Hint,
  type Look,
  type Topic,
  type Wakes,
  createLocalWakes,
} from './wakes.ts';

export type NatsOptions = {
  config: NatsConfig;
  cell: number;
  secretKey: string;
  /** The connection is lost or failed, or something is not allowed to it; it is tried again. */
  onLost: (error: unknown) => void;
};

/**
 * Tells this process at once, and others if the connection is there; else they find it by themselves. Connects at once, and again whenever it
 * is lost; it never fails. Throws InvalidInputError if a file of the configuration is not what it should be.
 */
export function createNatsWakes({ config, cell, secretKey, onLost }: NatsOptions): Wakes {
  const here = createLocalWakes();
  const seals = createSeals(secretKey);
  const counts = { told: 0, heard: 0 };
  const link = keepConnected(config, {
    inboxPrefix: inboxPrefix(cell),
    onChange: here.lookAll,
    onLost,
  });
  const hearers = createHearers(cell, link.subscribe, () => (counts.heard += 1));
  const publish = (hint: Hint) => {
    const message = messageOf(cell, hint);
    if (message === undefined || !link.publish(message.subject, message.payload)) return;
    counts.told += 1;
  };
  return {
    tell: (hint) => {
      here.tell(hint);
      publish(hint);
    },
    hear: (topic, look, heard = {}) => {
      const stop = here.hear(topic, look, heard);
      const leave = hearers.add(topic, look, heard);
      return () => {
        stop();
        leave();
      };
    },
    ask: async (node, question, milliseconds) => {
      if (here.answererOf(node.instance)) return here.ask(node, question, milliseconds);
      const { message, read } = seals.ask(node.instance, question);
      return read(await link.request(questionsSubject(cell, node.instance), message, milliseconds));
    },
    answer: (instance, answerer) => {
      const stop = here.answer(instance, answerer);
      const leave = link.subscribe(questionsSubject(cell, instance), async (message) => {
        const answer = await seals.answer(instance, message.data, answerer);
        if (answer !== undefined) message.respond(answer);
      });
      return () => {
        stop();
        leave();
      };
    },
    beat: (heartbeat) =>
      void link.publish(heartbeatsSubject(cell), seals.say(JSON.stringify(heartbeat))),
    hearBeats: (take) =>
      link.subscribe(heartbeatsSubject(cell), ({ data }) => {
        const heartbeat = parseHeartbeat(seals.hear(data) ?? '');
        if (heartbeat !== undefined) take(heartbeat);
      }),
    isConnected: link.isConnected,
    count: () => counts,
    close: link.close,
  };
}

/** Those who hear what others tell: one subscription for each subject. */
function createHearers(cell: number, subscribe: NatsLink['subscribe'], onHeard: () => void) {
  const subjects = new Map<
    string,
    { hearers: Set<{ topic: Topic; look: Look }>; stop: () => void }
  >();
  const begin = (subject: string) => {
    const hearers = new Set<{ topic: Topic; look: Look }>();
    const take = ({ subject: said, data }: { subject: string; data: Uint8Array }) => {
      const hint = hintOf(cell, said, data);
      if (hint === undefined) return;
      onHeard();
      for (const { topic, look } of hearers) if (topic === hint.topic) look(hint.key);
    };
    // What was told before the server had the subscription is looked up.
    const stop = subscribe(subject, take, () => {
      for (const { look } of hearers) look();
    });
    return { hearers, stop };
  };
  return {
    add: (topic: Topic, look: Look, heard: Heard) => {
      const subject = subjectOf(cell, topic, heard);
      const subscription = subjects.get(subject) ?? begin(subject);
      subjects.set(subject, subscription);
      const hearer = { topic, look };
      subscription.hearers.add(hearer);
      return () => {
        if (!subscription.hearers.delete(hearer) || subscription.hearers.size > 0) return;
        subjects.delete(subject);
        subscription.stop();
      };
    },
  };
}
