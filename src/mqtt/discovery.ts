import { VERSION } from '../config/version.ts';
import type { House, HouseDevice, HousePerson, HouseRouter } from './house.ts';
import { type Button, type Thing, type Topics, routerKey } from './topics.ts';

/** How long the buttons pause or allow. */
export const BUTTON_MINUTES = 30;

/** What Home Assistant is told of one of its devices: https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload */
type Discovery = {
  device: object;
  origin: object;
  availability?: readonly { topic: string }[];
  availability_mode?: 'all';
  /** With nothing but its platform, an entity is removed. */
  components: Record<string, { platform: string; [option: string]: unknown }>;
};

/** The home itself, which the routers belong to: whether the bridge is connected. */
export function describeHome({ home, url }: House, topics: Topics): Discovery {
  return {
    device: {
      identifiers: [homeIdentifier(home.id)],
      name: home.name,
      manufacturer: 'NetPilot',
      model: 'Home',
      configuration_url: url,
    },
    origin: originOf(url),
    components: {
      bridge: {
        platform: 'binary_sensor',
        unique_id: `netpilot_${home.id}_bridge`,
        name: 'NetPilot',
        device_class: 'connectivity',
        state_topic: topics.status,
        payload_on: 'online',
        payload_off: 'offline',
      },
    },
  };
}

export function describeRouter(router: HouseRouter, house: House, topics: Topics): Discovery {
  const identifier = routerIdentifier(house, router.router_id);
  const status = topics.routerStatus(router.router_id);
  return {
    device: {
      identifiers: [identifier],
      ...(router.lan_mac !== null && { connections: [['mac', router.lan_mac]] }),
      name: router.name,
      model: 'Router',
      via_device: homeIdentifier(house.home.id),
      configuration_url: `${house.url}/routers`,
    },
    origin: originOf(house.url),
    availability: [{ topic: topics.status }],
    availability_mode: 'all',
    components: {
      connection: {
        platform: 'binary_sensor',
        unique_id: `${identifier}_connection`,
        name: 'Connected',
        device_class: 'connectivity',
        state_topic: status,
        payload_on: 'online',
        payload_off: 'offline',
      },
      internet: {
        platform: 'binary_sensor',
        unique_id: `${identifier}_internet`,
        name: 'Internet',
        device_class: 'connectivity',
        state_topic: topics.routerInternet(router.router_id),
      },
    },
  };
}

export function describePerson(person: HousePerson, house: House, topics: Topics): Discovery {
  const thing: Thing = { kind: 'person', id: person.id };
  return {
    device: {
      identifiers: [`netpilot_${person.id}`],
      name: person.name,
      model: 'Person',
      configuration_url: `${house.url}/people/${person.id}`,
    },
    origin: originOf(house.url),
    availability: [{ topic: topics.status }],
    availability_mode: 'all',
    components: entitiesOf(thing, topics, {
      block: house.may.rule,
      rule: house.may.rule,
      isCounted: person.used !== null,
    }),
  };
}

export function describeDevice(device: HouseDevice, house: House, topics: Topics): Discovery {
  const thing: Thing = { kind: 'device', id: device.id };
  const router = encodeURIComponent(device.router_id);
  return {
    device: {
      identifiers: [`netpilot_${device.id}`],
      connections: device.macs.map((mac) => ['mac', mac]),
      name: device.name,
      ...(device.manufacturer !== null && { manufacturer: device.manufacturer }),
      ...(device.device_type !== null && { model: device.device_type }),
      via_device: routerIdentifier(house, device.router_id),
      configuration_url: `${house.url}/routers/${router}/devices/${device.id}`,
    },
    origin: originOf(house.url),
    availability: [{ topic: topics.status }, { topic: topics.routerStatus(device.router_id) }],
    availability_mode: 'all',
    components: {
      presence: {
        platform: 'device_tracker',
        unique_id: `netpilot_${device.id}_presence`,
        // The name of the device.
        name: null,
        source_type: 'router',
        // Until Home Assistant 2027.1, and before 2026.7 the only way; since then `in_zones` of the attributes says it.
        state_topic: topics.state(thing, 'presence'),
        json_attributes_topic: topics.state(thing, 'attributes'),
      },
      ...entitiesOf(thing, topics, { ...house.may, isCounted: device.used !== null }),
    },
  };
}

/** What devices and people have both. */
function entitiesOf(
  thing: Thing,
  topics: Topics,
  { block, rule, isCounted }: { block: boolean; rule: boolean; isCounted: boolean },
): Discovery['components'] {
  const common = (name: string) => ({ unique_id: `netpilot_${thing.id}_${name}` });
  const internet = {
    name: 'Internet',
    state_topic: topics.state(thing, 'internet'),
    json_attributes_topic: topics.state(thing, 'access'),
  };
  const button = (press: Button, name: string, icon: string) =>
    only(rule, {
      platform: 'button',
      ...common(press),
      name,
      icon,
      command_topic: topics.press(thing, press),
      qos: 1,
    });
  return {
    internet: only(block, {
      platform: 'switch',
      ...common('internet'),
      ...internet,
      icon: 'mdi:web',
      command_topic: topics.set(thing),
      // The state follows what the router has confirmed, never what was asked for.
      optimistic: false,
      retain: false,
      qos: 1,
    }),
    internet_state: only(!block, {
      platform: 'binary_sensor',
      ...common('internet_state'),
      ...internet,
      device_class: 'connectivity',
    }),
    minutes_left: {
      platform: 'sensor',
      ...common('minutes_left'),
      name: 'Minutes left',
      icon: 'mdi:timer-sand',
      device_class: 'duration',
      unit_of_measurement: 'min',
      state_topic: topics.state(thing, 'minutes_left'),
    },
    usage_today: only(isCounted, {
      platform: 'sensor',
      ...common('usage_today'),
      name: 'Usage today',
      device_class: 'data_size',
      state_class: 'total_increasing',
      unit_of_measurement: 'MB',
      suggested_display_precision: 0,
      state_topic: topics.state(thing, 'usage_today'),
    }),
    pause: button('pause', `Pause ${BUTTON_MINUTES} min`, 'mdi:pause'),
    allow: button('allow', `+${BUTTON_MINUTES} min`, 'mdi:timer-plus-outline'),
  };
}

type Entity = Discovery['components'][string];

/** The entity; else what removes it, if there was one. */
function only(is: boolean, entity: Entity): Entity {
  return is ? entity : { platform: entity.platform };
}

function originOf(url: string): object {
  return { name: 'NetPilot', sw_version: VERSION, support_url: `${url}/help` };
}

function homeIdentifier(homeId: string): string {
  return `netpilot_${homeId}`;
}

function routerIdentifier({ home }: House, routerId: string): string {
  return `netpilot_${home.id}_${routerKey(routerId)}`;
}
