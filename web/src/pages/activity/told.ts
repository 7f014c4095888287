/** What sentences of the activity are made of. */
import type { AuditEntry } from '../../api/queries.ts';
import type { activity } from '../../texts/en/activity.ts';

export type SayKey = keyof (typeof activity)['say'];

/** Where a name leads. */
export type Place =
  | { page: 'device'; router_id: string; id: string }
  | { page: 'person'; id: string }
  | { page: 'routers' }
  | { page: 'rules' };

/** A name of the network or of a person; without `text` it is said what kind of thing it is. */
export type Name = {
  text: string | null;
  kind: 'device' | 'person' | 'router' | 'home' | 'everyone' | 'newDevices';
  to?: Place | undefined;
};

/** What a sentence says beside who did it. */
export type Told = {
  say: SayKey;
  thing?: Name;
  other?: Name;
  old?: Name;
  values?: Readonly<Record<string, string | number>>;
  /** How long something lasts, in minutes. */
  minutes?: number;
  /** The type of a device. */
  type?: string;
  /** How many are told at once; 1 if it is not said. */
  count?: number;
};

export function deviceOf({ device, subject_name }: AuditEntry): Name {
  return {
    kind: 'device',
    text: device?.name ?? subject_name,
    to:
      device === null ? undefined : { page: 'device', router_id: device.router_id, id: device.id },
  };
}

export function personOf({ person, subject_name }: AuditEntry): Name {
  return person === null
    ? { kind: 'person', text: subject_name }
    : { kind: 'person', text: person.name, to: { page: 'person', id: person.id } };
}

export function routerOf({ router_id, router_name, subject_name }: AuditEntry): Name {
  return {
    kind: 'router',
    text: router_name ?? subject_name ?? router_id,
    to: router_id === null ? undefined : { page: 'routers' },
  };
}
