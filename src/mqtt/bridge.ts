import { setTimeout as delay } from 'node:timers/promises';
import type { MqttConfig } from '../config/mqtt.ts';
import { errorMessage } from '../error-message.ts';
import type { ErrorKind } from '../errors.ts';
import { type WakeUp, createWakeUp } from '../wake-up.ts';
import { type Broker, type Message, connectBroker } from './broker.ts';
import { type Held, NOTHING_HELD, holdNow } from './holding.ts';
import { type House, READ_AT_LEAST_EVERY_MS } from './house.ts';
import { messagesOf, nextSwitch } from './messages.ts';
import { type Publisher, createPublisher } from './publisher.ts';
import { LONGEST_RETRY_MS, RETRY_MS, retrying, waitToRetry } from './retrying.ts';
import { type Request, type Topics, topicsOf } from './topics.ts';

/** The home's NetPilot, as the bridge uses it. Each call throws the errors of `src/errors.ts`. */
export type Service = {
  homeId: string;
  read: () => Promise<House>;
  /** Calls `onChange` when something has happened, and whenever that is known again, until the signal is aborted. */
  follow: (signal: AbortSignal, on: { change: () => void; lost: () => void }) => Promise<void>;
  perform: (request: Request, house: House) => Promise<void>;
};

export type BridgeOptions = {
  service: Service;
  config: MqttConfig;
  /** Tells people what happened, in a line. */
  say: (text: string) => void;
  signal: AbortSignal;
};

/** NetPilot only does not answer now; what else it refuses, it refuses for good. */
const PASSING: readonly ErrorKind[] = ['unavailable', 'too-many-requests'];
/** The events of one transaction arrive together. */
const TOGETHER_MS = 50;
const MINUTE_MS = 60_000;
/** What ends by itself ends by the server's clock: it is asked a little later. */
const LATER_MS = 300;

/** What the parts of a bridge share. */
type State = Omit<BridgeOptions, 'signal'> & {
  topics: Topics;
  publisher: Publisher;
  /** Woken when the home should be read again. */
  changed: WakeUp;
  house: House | undefined;
  held: Held;
  isLive: boolean;
  /** What is asked for, the newest of each switch, while the one before is under way. */
  requests: Map<string, Request>;
};

/** Publishes a home by MQTT until the signal is aborted, whatever breaks. Throws once NetPilot refuses for good. */
export async function runBridge({ signal, ...options }: BridgeOptions): Promise<void> {
  const topics = topicsOf(options.service.homeId, options.config.discoveryPrefix);
  const state: State = {
    ...options,
    topics,
    publisher: createPublisher(topics.isConfig),
    changed: createWakeUp(),
    house: undefined,
    held: NOTHING_HELD,
    isLive: false,
    requests: new Map(),
  };
  const stop = new AbortController();
  const all = AbortSignal.any([signal, stop.signal]);
  all.addEventListener('abort', state.changed.wake);
  const parts = [follow(state, all), readOn(state, all), publishOn(state, all)];
  try {
    await Promise.all(parts);
  } finally {
    stop.abort();
    await Promise.allSettled(parts);
  }
}

async function follow(state: State, signal: AbortSignal): Promise<void> {
  const change = () => {
    state.isLive = true;
    state.changed.wake();
  };
  const lost = () => {
    if (!state.isLive || signal.aborted) return;
    state.isLive = false;
    state.say('NetPilot does not answer: trying again.');
    publish(state);
  };
  await retrying(PASSING, { say: state.say, signal }, () =>
    state.service.follow(signal, { change, lost }),
  );
}

/** Reads the home whenever something has changed, and publishes it; the minutes that are left each minute. */
async function readOn(state: State, signal: AbortSignal): Promise<void> {
  let readAt = -Infinity;
  /** How often in a row it was read too early: the clocks differ. */
  let early = 0;
  while (!signal.aborted) {
    const isChanged = await state.changed.wait(untilNext(state, early));
    if (signal.aborted) return;
    const isOver = isSwitched(state.house);
    early = isOver ? early + 1 : 0;
    if (state.isLive && (isChanged || isOver || Date.now() - readAt >= READ_AT_LEAST_EVERY_MS)) {
      await delay(TOGETHER_MS);
      await retrying(PASSING, { say: state.say, signal }, async () => {
        const house = await state.service.read();
        state.held = holdNow(house, state.held);
        state.house = house;
      });
      readAt = Date.now();
    }
    publish(state);
  }
}

function untilNext({ house, isLive }: State, early: number): number {
  const next = house === undefined || !isLive ? undefined : nextSwitch(house);
  if (next === undefined) return MINUTE_MS;
  const again = early === 0 ? 0 : RETRY_MS * 2 ** early;
  return Math.min(MINUTE_MS, Math.max(next + LATER_MS - Date.now(), again));
}

function isSwitched(house: House | undefined): boolean {
  const next = house === undefined ? undefined : nextSwitch(house);
  return next !== undefined && next <= Date.now();
}

function publish({ house, held, topics, isLive, publisher }: State): void {
  if (house !== undefined)
    publisher.want(messagesOf(house, held, { topics, isLive, now: Date.now() }));
}

/** Holds a connection to the broker. */
async function publishOn(state: State, signal: AbortSignal): Promise<void> {
  const { config, publisher, topics, say } = state;
  const { host, port } = config;
  let failures = 0;
  let said = '';
  while (!signal.aborted) {
    let why = `The broker at ${host}:${port} has closed the connection.`;
    try {
      const began = Date.now();
      const broker = await connectBroker({
        config,
        // As long as any broker takes (MQTT 3.1.1, 3.1.3.1). A bridge that starts again ends its dead connection so.
        clientId: `netpilot-${state.service.homeId.replaceAll('-', '').slice(0, 14)}`,
        will: { topic: topics.status, payload: 'offline' },
        subscriptions: topics.subscriptions,
        onMessage: (message) => receive(state, message),
      });
      say(`Connected to the broker at ${host}:${port}.`);
      publisher.begin(broker.publish);
      await Promise.race([broker.ended, aborted(signal)]);
      // Before it says that it leaves: nothing comes after that.
      publisher.end();
      if (signal.aborted) return await leave(state, broker);
      // One that ends at once may have been taken over by another bridge.
      failures = Date.now() - began > LONGEST_RETRY_MS ? 0 : failures + 1;
      said = '';
    } catch (error) {
      failures += 1;
      why = errorMessage(error);
    } finally {
      publisher.end();
    }
    if (why !== said) say(`${why} Trying again.`);
    said = why;
    await waitToRetry(failures, signal);
  }
}

/** Says so, as the broker publishes no last will then. */
async function leave({ topics }: State, broker: Broker): Promise<void> {
  const isSaid = broker.publish(topics.status, 'offline').catch(() => undefined);
  await Promise.race([isSaid, broker.ended, delay(RETRY_MS)]);
  await Promise.race([broker.leave(), delay(RETRY_MS)]);
}

function receive(state: State, { topic, payload, isRetained }: Message): void {
  const { topics, publisher } = state;
  if (topic === topics.homeAssistant) {
    // What is retained it has got already, but a state may have come before what it is the state of.
    if (payload === 'online' && !isRetained) publisher.repeat();
  } else if (topics.isOwn(topic)) {
    if (isRetained && payload !== '') publisher.found(topic);
    // The last will of a connection that was dead already.
    else if (topic === topics.status && payload === 'offline' && state.isLive)
      publisher.repeat(topic);
  } else if (!isRetained) {
    // A request that somebody retained would come again and again.
    const request = topics.parseRequest(topic, payload);
    if (request !== undefined) void perform(state, request);
  }
}

/** One at a time for each switch; of several that wait the newest. */
async function perform(state: State, request: Request): Promise<void> {
  const { requests, service, house, say } = state;
  const { thing } = request;
  const things: readonly { id: string; name: string }[] =
    (thing.kind === 'device' ? house?.devices : house?.people) ?? [];
  const found = things.find(({ id }) => id === thing.id);
  if (house === undefined || found === undefined) return;
  const isUnderWay = requests.has(thing.id);
  requests.set(thing.id, request);
  if (isUnderWay) return;
  for (let next: Request | undefined = request; next !== undefined;) {
    await service
      .perform(next, house)
      .catch((error: unknown) => say(`${found.name}: ${errorMessage(error)}`));
    const newest = requests.get(thing.id);
    next = newest === next ? undefined : newest;
  }
  requests.delete(thing.id);
  state.changed.wake();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
