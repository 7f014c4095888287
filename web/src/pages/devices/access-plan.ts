/** What must be done so that a device gets, or loses, the internet: pure, on what holds for it now. */
import type { paths } from '../../api/client.ts';
import type { Rule } from '../../api/home-queries.ts';
import type { Device, Policy } from '../../api/queries.ts';

type RuleAddition = NonNullable<
  paths['/api/v1/homes/{home_id}/rules']['post']['requestBody']
>['content']['application/json'];

export type Wanted = 'on' | 'slow' | 'off';

/** Until when it is to hold: ms since 1970; undefined: until somebody changes it. */
export type Wish = { wanted: Wanted; until?: number | undefined; rate?: number | undefined };

/** One request. What a person decided before, and what now stands in the way, is taken back after the new holds. */
export type Step =
  | { do: 'block' }
  | { do: 'endBlocks' }
  | { do: 'allowNew' }
  | { do: 'list' | 'unlist'; list: 'whitelist' | 'blacklist' }
  | { do: 'addRule'; rule: RuleAddition }
  | { do: 'deleteRule'; rule: Rule };

/** What is known of the device: its access, its own rules, and the mode of its router. */
export type Situation = {
  device: Pick<Device, 'id' | 'access' | 'is_blocked'>;
  /** All rules of its home that have not ended. */
  rules: readonly Rule[];
  /** Ids of the device and of what is merged into it. */
  ids: ReadonlySet<string>;
  mode: Policy['mode'] | undefined;
  now: number;
};

/** The steps of a wish, in order; and what else it touches, which a person must know before. */
export type Plan = {
  steps: Step[];
  /** The pause that ends with it, of more than this device. */
  endsPause?: Rule;
  /** Until when it holds, ms since 1970, if something else follows by itself then. */
  until?: number;
};

/** Mbit/s of "slow", if nobody says another speed. */
export const SLOW = 5_000_000;

export function planAccess(wish: Wish, situation: Situation): Plan {
  if (wish.wanted === 'off') return planOff(wish, situation);
  if (wish.wanted === 'slow') return planSlow(wish, situation);
  return planOn(wish, situation);
}

function planOff({ until }: Wish, situation: Situation): Plan {
  const { device } = situation;
  const pauses = remove(ownRules(situation, 'pause'));
  if (until === undefined)
    return { steps: [...(device.is_blocked ? [] : [{ do: 'block' } as const]), ...pauses] };
  return {
    steps: [addRule(pauseOf(device, { until })), ...endBlocks(device), ...pauses],
    until,
  };
}

function planSlow({ until, rate = SLOW }: Wish, situation: Situation): Plan {
  const { device } = situation;
  const limit = { access: 'limit', down_rate: rate, up_rate: rate } as const;
  const rule: RuleAddition =
    until === undefined
      ? { kind: 'schedule', ...ofDevice(device), ...limit }
      : { kind: 'exception', ...ofDevice(device), ...limit, until_at: moment(until) };
  return {
    steps: [
      addRule(rule),
      ...endBlocks(device),
      ...remove(ownRules(situation, 'pause', 'exception')),
      // Of two rules for a device the stricter one would hold.
      ...(until === undefined ? remove(ownAlways(situation)) : []),
    ],
    ...(until !== undefined && { until }),
  };
}

function planOn({ until }: Wish, situation: Situation): Plan {
  const { device, rules } = situation;
  const { because, until: ends } = device.access;
  const pauses = ownRules(situation, 'pause');
  const isPaused = pauses.some(({ id }) => id === because.rule_id);
  // Off again afterwards, as it was.
  if (until !== undefined && (device.is_blocked || isPaused)) {
    const again = pauses.find(({ id }) => id === because.rule_id)?.until_at ?? null;
    const isOver = again !== null && Date.parse(again) <= until;
    return {
      steps: [
        ...(isOver
          ? []
          : [addRule({ ...pauseOf(device, { from: until }), ...(again && { until_at: again }) })]),
        ...endBlocks(device),
        ...remove(pauses),
      ],
      ...(!isOver && { until }),
    };
  }
  const steps: Step[] = [
    ...endBlocks(device),
    ...remove(pauses),
    ...remove(ownRules(situation, 'exception').filter(isRestricting)),
  ];
  const own = ownAlways(situation).filter(isRestricting);
  if (until !== undefined) return { steps: [...steps, allowUntil(device, until)], until };
  steps.push(...remove(own));
  if (device.access.access === 'allow' || steps.length > 0) return { steps };
  const rule = rules.find(({ id }) => id === because.rule_id);
  if (because.kind === 'pause')
    return { steps: rule ? remove([rule]) : [], ...(rule && { endsPause: rule }) };
  if (because.kind === 'new_device') return { steps: [{ do: 'allowNew' }] };
  if (because.kind === 'mode') return { steps: listed(situation.mode) };
  if (ends !== null)
    return { steps: [allowUntil(device, Date.parse(ends))], until: Date.parse(ends) };
  return { steps: [addRule({ kind: 'schedule', ...ofDevice(device), access: 'allow' })] };
}

/** The rules for everybody, its person or its network that would not hold any more for a device with a rule of its own for always. */
export function overruled({ device, rules, ids }: Situation, personId: string | null): Rule[] {
  return rules.filter(
    ({ kind, is_active, access, device_id, person_id, target }) =>
      kind === 'schedule' &&
      is_active &&
      access !== 'allow' &&
      !(device_id !== null && (device_id === device.id || ids.has(device_id))) &&
      target !== 'device' &&
      (target !== 'person' || (person_id !== null && person_id === personId)),
  );
}

function listed(mode: Policy['mode'] | undefined): Step[] {
  if (mode === 'whitelist') return [{ do: 'list', list: 'whitelist' }];
  return mode === 'blacklist' ? [{ do: 'unlist', list: 'blacklist' }] : [];
}

/** What of the device's own is not over yet, of these kinds; a pause that begins later too. */
function ownRules({ rules, ids, now }: Situation, ...kinds: Rule['kind'][]): Rule[] {
  return rules.filter(
    ({ kind, device_id, until_at, is_active }) =>
      is_active &&
      kinds.includes(kind) &&
      device_id !== null &&
      ids.has(device_id) &&
      (until_at === null || Date.parse(until_at) > now),
  );
}

/** Rules for the device that hold always, as "slow" makes one. */
function ownAlways(situation: Situation): Rule[] {
  return ownRules(situation, 'schedule').filter(({ windows }) => windows === null);
}

function isRestricting({ access }: Rule): boolean {
  return access !== 'allow';
}

function endBlocks({ is_blocked }: Pick<Device, 'is_blocked'>): Step[] {
  return is_blocked ? [{ do: 'endBlocks' }] : [];
}

function remove(rules: readonly Rule[]): Step[] {
  return rules.map((rule) => ({ do: 'deleteRule', rule }));
}

function addRule(rule: RuleAddition): Step {
  return { do: 'addRule', rule };
}

function allowUntil(device: Pick<Device, 'id'>, until: number): Step {
  return addRule({
    kind: 'exception',
    ...ofDevice(device),
    access: 'allow',
    until_at: moment(until),
  });
}

function pauseOf(
  device: Pick<Device, 'id'>,
  { from, until }: { from?: number; until?: number },
): RuleAddition {
  return {
    kind: 'pause',
    ...ofDevice(device),
    access: 'block',
    ...(from !== undefined && { from_at: moment(from) }),
    ...(until !== undefined && { until_at: moment(until) }),
  };
}

function ofDevice({ id }: Pick<Device, 'id'>) {
  return { target: 'device', device_id: id } as const;
}

function moment(at: number): string {
  return new Date(at).toISOString();
}
