/** A connection to NATS that is made again whenever it is lost. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Msg,
  type NatsConnection,
  type NodeConnectionOptions,
  type Subscription,
  connect,
  errors,
} from '@nats-io/transport-node';
import { backOff } from '../back-off.ts';
import type { NatsConfig } from '../config/nats.ts';
import { errorMessage } from '../error-message.ts';
import { within } from '../timeout.ts';
import { PATIENCE, connectionOptions } from './nats-options.ts';
import { NoAnswerError, NobodyThereError } from './questions.ts';

const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

type Take = (message: Msg) => unknown;

export type NatsLink = {
  isConnected: () => boolean;
  /** False if there is no connection: nothing is kept. */
  publish: (subject: string, payload: string | Uint8Array) => boolean;
  /**
   * Holds for every connection, until it is stopped.
   * @param onBegun from now on all is heard that is told; of later connections `onChange` says so
   */
  subscribe: (subject: string, take: Take, onBegun?: () => void) => () => void;
  /** Throws NobodyThereError and NoAnswerError. */
  request: (subject: string, message: Uint8Array, milliseconds: number) => Promise<Uint8Array>;
  /** Sends what was published, and ends it. */
  close: () => Promise<void>;
};

export type NatsLinkOptions = {
  inboxPrefix: string;
  /** It is there, at first or again, or it is lost: what was told before has to be looked up. */
  onChange: () => void;
  onLost: (error: unknown) => void;
};

/** Connects at once. Throws InvalidInputError if a file is not what the configuration says. */
export function keepConnected(config: NatsConfig, options: NatsLinkOptions): NatsLink {
  const connecting = connectionOptions(config, options.inboxPrefix);
  const subscriptions = new Set<{ subject: string; take: Take; stop: () => void }>();
  const stopped = new AbortController();
  let current: NatsConnection | undefined;

  const hear = (connection: NatsConnection, { subject, take }: { subject: string; take: Take }) =>
    unsubscriber(
      connection.subscribe(subject, {
        callback: (error, message) => (error === null ? void take(message) : options.onLost(error)),
      }),
    );
  const kept = connectAgain(connecting, stopped.signal, {
    onLost: options.onLost,
    onConnected: (connection) => {
      current = connection;
      for (const subscription of subscriptions) subscription.stop = hear(connection, subscription);
      onceHeard(connection, options.onChange);
    },
    onDisconnected: () => {
      current = undefined;
      options.onChange();
    },
  });
  return {
    isConnected: () => current !== undefined,
    publish: (subject, payload) => {
      current?.publish(subject, payload);
      return current !== undefined;
    },
    subscribe: (subject, take, onBegun = () => undefined) => {
      const subscription = { subject, take, stop: (): void => undefined };
      subscriptions.add(subscription);
      if (current !== undefined) {
        subscription.stop = hear(current, subscription);
        onceHeard(current, onBegun);
      }
      return () => {
        subscriptions.delete(subscription);
        subscription.stop();
      };
    },
    request: (subject, message, milliseconds) => {
      if (current === undefined) throw new NoAnswerError('NATS cannot be reached');
      return request(current, subject, message, milliseconds);
    },
    close: async () => {
      stopped.abort();
      await kept;
    },
  };
}

type Watcher = {
  onConnected: (connection: NatsConnection) => void;
  onDisconnected: () => void;
  onLost: (error: unknown) => void;
};

async function connectAgain(
  options: NodeConnectionOptions,
  signal: AbortSignal,
  { onConnected, onDisconnected, onLost }: Watcher,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const connection = await connect(options);
      failures = 0;
      const ended = connection.closed();
      onConnected(connection);
      void reportErrors(connection, onLost);
      const cause = await Promise.race([ended, aborted(signal)]);
      if (signal.aborted) await within(PATIENCE, connection.drain(), () => connection.close());
      onDisconnected();
      throw cause ?? new Error('the connection to NATS has ended');
    } catch (error) {
      if (signal.aborted) return;
      onLost(error);
    }
    failures += 1;
    const pause = backOff(failures, SHORTEST_PAUSE, LONGEST_PAUSE);
    await delay(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** What the server says that does not end the connection, such as that something is not allowed. */
async function reportErrors(
  connection: NatsConnection,
  onLost: (error: unknown) => void,
): Promise<void> {
  for await (const status of connection.status()) if (status.type === 'error') onLost(status.error);
}

function aborted(signal: AbortSignal): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  signal.addEventListener('abort', () => resolve(undefined), { once: true });
  if (signal.aborted) resolve(undefined);
  return promise;
}

/** Calls it once the server has the subscriptions. If it never has, the connection is lost, which is a change itself. */
function onceHeard(connection: NatsConnection, onBegun: () => void): void {
  void connection.flush().then(onBegun, () => undefined);
}

/** Stops a subscription, if its connection is still there. */
function unsubscriber(subscription: Subscription): () => void {
  return () => {
    if (!subscription.isClosed()) subscription.unsubscribe();
  };
}

async function request(
  connection: NatsConnection,
  subject: string,
  message: Uint8Array,
  milliseconds: number,
): Promise<Uint8Array> {
  try {
    const { data } = await connection.request(subject, message, { timeout: milliseconds });
    return data;
  } catch (error) {
    if (isNobody(error)) throw new NobodyThereError();
    throw new NoAnswerError(errorMessage(error), { cause: error });
  }
}

function isNobody(error: unknown): boolean {
  if (error instanceof errors.NoRespondersError) return true;
  return error instanceof errors.RequestError && error.isNoResponders();
}
