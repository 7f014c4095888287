/** A bridge to MQTT whose home a test has in memory. */
import { onTestFinished } from 'vitest';
import { parseConfig } from '../src/config/config.ts';
import { runBridge } from '../src/mqtt/bridge.ts';
import type { Decided, House, HouseDevice } from '../src/mqtt/house.ts';
import type { Request } from '../src/mqtt/topics.ts';
import type { Watcher } from './home-assistant.ts';

export const HOME = '0192f000-0000-7000-8000-000000000001';
export const PERSON = '0192f000-0000-7000-8000-0000000000aa';
export const BASE = `netpilot/${HOME}`;
/** Nothing of this may get into a topic. */
export const HOSTILE = 'a/b+#\u0000$SYS/{{ 7 * 7 }}"\u202e\ud83d\ude00'.padEnd(255, 'ä');

export const ALLOWED: Decided = {
  access: 'allow',
  because: { kind: 'none', name: null },
  until: null,
  next: null,
};
export const BLOCKED: Decided = {
  ...ALLOWED,
  access: 'block',
  because: { kind: 'block', name: null },
};

export function deviceOf(number: number, more: Partial<HouseDevice> = {}): HouseDevice {
  const hex = number.toString(16).padStart(2, '0');
  const mac = `02:00:00:00:00:${hex}`;
  return {
    id: `0192f000-0000-7000-8000-0000000001${hex}`,
    router_id: HOSTILE,
    name: HOSTILE,
    hostname: HOSTILE,
    ip: `192.168.1.${number}`,
    mac,
    macs: [mac],
    manufacturer: HOSTILE,
    device_type: HOSTILE,
    person_id: PERSON,
    is_online: true,
    access: ALLOWED,
    used: 1_500_000,
    ...more,
  };
}

export function houseOf(count: number, more: Partial<House> = {}): House {
  return {
    home: { id: HOME, name: HOSTILE },
    url: 'https://netpilot.example.com',
    may: { block: true, rule: true },
    routers: [
      {
        router_id: HOSTILE,
        name: HOSTILE,
        lan_mac: '02:00:00:00:ff:ff',
        is_connected: true,
        has_internet: true,
        is_applied: true,
        refused: new Set(),
      },
    ],
    people: [{ id: PERSON, name: HOSTILE, access: ALLOWED, used: 0 }],
    devices: Array.from({ length: count }, (_, index) => deviceOf(index + 1)),
    ...more,
  };
}

type State = {
  house: House;
  requests: Request[];
  says: string[];
  /** What reading the home throws. */
  fails: Error | undefined;
  /** What a change throws. */
  refuses: Error | undefined;
};

/** A bridge whose home this test changes. */
export function startBridgeAt(
  url: string,
  first: House,
  { watcher, ...more }: { watcher?: Watcher; MQTT_CA_FILE?: string },
) {
  const { mqtt: config } = parseConfig({ MQTT_URL: url, ...more });
  if (config === undefined) throw new Error('no broker');
  const stop = new AbortController();
  const state: State = {
    house: first,
    requests: [],
    says: [],
    fails: undefined,
    refuses: undefined,
  };
  const tell = { change: () => {}, lost: () => {} };
  const ended = runBridge({
    service: {
      homeId: HOME,
      read: async () => {
        if (state.fails !== undefined) throw state.fails;
        return state.house;
      },
      follow: (signal, on) => {
        Object.assign(tell, on);
        on.change();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
      perform: async (request) => {
        state.requests.push(request);
        if (state.refuses !== undefined) throw state.refuses;
      },
    },
    config,
    say: (text) => state.says.push(text),
    signal: stop.signal,
  });
  const from = watcher?.heard.length ?? 0;
  const end = async () => {
    stop.abort();
    await ended.catch(() => undefined);
    await watcher?.until(`${BASE}/status`, 'offline');
  };
  onTestFinished(end);
  return {
    state,
    ended,
    end,
    /** All is published, and it listens. */
    ready: () => watcher?.untilThat(() => watcher.heard.includes(`${BASE}/status online`, from)),
    lost: () => tell.lost(),
    change: (house: House) => {
      state.house = house;
      tell.change();
    },
  };
}
