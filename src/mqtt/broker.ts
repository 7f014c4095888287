import { readFileSync } from 'node:fs';
import { type IClientOptions, connect } from 'mqtt';
import type { MqttConfig } from '../config/mqtt.ts';
import { errorMessage } from '../error-message.ts';
import { UnavailableError } from '../errors.ts';

/** A connection to a broker. */
export type Broker = {
  /** Retained, at least once. */
  publish: (topic: string, payload: string) => Promise<unknown>;
  /** Resolves when the connection has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends it in order: the broker then does not publish the last will. */
  leave: () => Promise<void>;
};

export type Message = { topic: string; payload: string; isRetained: boolean };

export type BrokerOptions = {
  config: MqttConfig;
  clientId: string;
  /** What the broker publishes, retained, if the connection ends without notice. */
  will: { topic: string; payload: string };
  subscriptions: readonly string[];
  onMessage: (message: Message) => void;
};

const CONNECT_MS = 10_000;
/** A connection that says nothing for half as long again is dead, for both sides. */
const KEEPALIVE_SECONDS = 30;

/** Connects and subscribes. Throws UnavailableError, which says why, and never the password. */
export async function connectBroker(options: BrokerOptions): Promise<Broker> {
  const client = connect(describeClient(options));
  const ended = Promise.withResolvers<void>();
  const connected = Promise.withResolvers<void>();
  const refused = Promise.withResolvers<never>();
  // Nobody may wait for it any more.
  refused.promise.catch(() => undefined);
  client.once('connect', () => connected.resolve());
  // It stays: an error of the connection is followed by its end.
  client.on('error', refused.reject);
  client.once('close', () => {
    // What is under way fails.
    client.end(true);
    refused.reject(new Error('it closed the connection, or did not answer'));
    ended.resolve();
  });
  client.on('message', (topic, payload, { retain }) =>
    options.onMessage({ topic, payload: payload.toString(), isRetained: retain }),
  );
  try {
    await Promise.race([refused.promise, connected.promise]);
    const subscribed = client.subscribeAsync([...options.subscriptions], { qos: 1 });
    await Promise.race([refused.promise, subscribed]);
  } catch (error) {
    client.end(true);
    const { host, port } = options.config;
    throw new UnavailableError(
      `The broker at ${host}:${port} does not let the bridge in: ${errorMessage(error)}.`,
    );
  }
  return {
    ended: ended.promise,
    publish: (topic, payload) => client.publishAsync(topic, payload, { qos: 1, retain: true }),
    leave: () => client.endAsync(),
  };
}

function describeClient({ config, clientId, will }: BrokerOptions): IClientOptions {
  const { host, port, isTls, login, caFile } = config;
  return {
    host,
    port,
    protocol: isTls ? 'mqtts' : 'mqtt',
    ...(login !== undefined && { username: login.user, password: login.password }),
    ...(caFile !== undefined && { ca: readFileSync(caFile) }),
    clientId,
    will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true },
    // A new connection knows nothing of the last one, and is made here, with a pause that grows.
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    connectTimeout: CONNECT_MS,
    keepalive: KEEPALIVE_SECONDS,
  };
}
