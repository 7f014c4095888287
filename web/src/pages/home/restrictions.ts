import type { Device } from '../../api/queries.ts';

/** Devices that one rule restricts, all of one person; or one alone. */
export type Group = {
  key: string;
  first: Device;
  devices: readonly [Device, ...Device[]];
  personId: string | null;
};

/** Puts devices together that are restricted by the same rule and belong to the same person. */
export function groupsOf(restricted: readonly Device[]): Group[] {
  const groups = Map.groupBy(restricted, ({ id, person_id, access: { because } }) =>
    because.rule_id === null || because.kind === 'block' ? id : `${because.rule_id} ${person_id}`,
  );
  return [...groups].flatMap(([key, [first, ...others]]) =>
    first === undefined
      ? []
      : [{ key, first, devices: [first, ...others], personId: first.person_id }],
  );
}
