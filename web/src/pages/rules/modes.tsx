import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Gauge, ListChecks, Wifi } from 'lucide-react';
import { useRef, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import {
  type Device,
  type Policy,
  type Router,
  devicesQuery,
  listQuery,
  ownDevicesQuery,
  policyQuery,
} from '../../api/queries.ts';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useDeliveryToast } from '../../design/delivery-toast.ts';
import { useRights } from '../../homes/current.ts';
import { routerLabel } from '../routers/choice.tsx';
import { ApplyBar } from './apply-bar.tsx';
import { DeliveryLine } from './delivery-line.tsx';
import { List } from './lists.tsx';
import './modes.css';
import { SpeedChoice, useSpeedName } from './speed-choice.tsx';
import { type Mode, compareModes, countSpeeds, modeOf } from './speeds.ts';

const MODES = [
  { mode: 'none', icon: Wifi },
  { mode: 'whitelist', icon: ListChecks },
  { mode: 'blacklist', icon: Gauge },
] as const;
/** Of each mode with a list: the speed of those it restricts, and of the rest. */
const SPEEDS = {
  whitelist: { restricted: 'whitelist_limit_rate', rest: 'whitelist_full_rate' },
  blacklist: { restricted: 'blacklist_limit_rate', rest: 'blacklist_full_rate' },
} as const;

/** Who may use the internet at a router, whatever no rule names: three choices, and what each means. */
export function RouterModes({ router, isOnly }: { router: Router; isOnly: boolean }) {
  const { router_id } = router;
  const policy = useQuery(policyQuery(router_id));
  const whitelist = useQuery(listQuery('whitelist', router_id));
  const blacklist = useQuery(listQuery('blacklist', router_id));
  const devices = useQuery(devicesQuery);
  const queries = [policy, whitelist, blacklist, devices];
  if (queries.some(({ isError }) => isError)) return <QueryProblem queries={queries} />;
  if (!policy.isSuccess || !whitelist.isSuccess || !blacklist.isSuccess || !devices.isSuccess)
    return <Skeleton height={420} />;
  return (
    <ModeForm
      router={router}
      isOnly={isOnly}
      policy={policy.data}
      devices={devices.data.filter((device) => device.router_id === router_id)}
      lists={{ whitelist: whitelist.data, blacklist: blacklist.data }}
    />
  );
}

type Lists = Record<'whitelist' | 'blacklist', Parameters<typeof List>[0]['entries']>;

function ModeForm({
  router,
  isOnly,
  policy,
  devices,
  lists,
}: {
  router: Router;
  isOnly: boolean;
  policy: Policy;
  devices: readonly Device[];
  lists: Lists;
}) {
  const t = useTranslations('rules');
  const current = modeOf(policy);
  // Only what is edited: an update of the rest neither overwrites it, nor is overwritten by it.
  const [draft, setDraft] = useState<Partial<Mode>>({});
  const chosen = { ...current, ...draft };
  const edit = (part: Partial<Mode>) => setDraft({ ...draft, ...part });
  const form = useRef<HTMLElement>(null);
  /** The bar goes, and with it the button in focus. */
  const focusMode = () => form.current?.querySelector<HTMLElement>('input:checked')?.focus();
  const { canChange } = useRights();
  const change = useChangeMode(router, (applied) =>
    setDraft((now) => (now === applied ? {} : now)),
  );
  const { data: own = [] } = useQuery(ownDevicesQuery);
  const isWrong = Object.values(chosen).some((value) => Number.isNaN(value));
  const isChanged = isWrong || JSON.stringify(chosen) !== JSON.stringify(current);
  const { mode } = chosen;
  return (
    <section className="modes" ref={form}>
      <Modes
        label={isOnly ? t('mode') : t('modeOf', { router: routerLabel(router) })}
        chosen={chosen}
        devices={devices}
        lists={lists}
        onChange={edit}
      />
      <DeliveryLine router={router} policy={policy} />
      {mode !== 'none' && (
        <div className="modes__details">
          {canChange && <Speeds mode={mode} chosen={chosen} onChange={edit} />}
          <List
            key={mode}
            name={mode}
            routerId={router.router_id}
            entries={lists[mode]}
            devices={devices}
            isInForce={mode === 'whitelist'}
          />
        </div>
      )}
      {isChanged && (
        <ApplyBar
          differences={compareModes(devices, current, chosen)}
          ownIds={new Set(own.map(({ device_id }) => device_id))}
          isWrong={isWrong}
          isPending={change.isPending}
          onDiscard={() => {
            setDraft({});
            focusMode();
          }}
          onApply={() => {
            change.run(draft);
            focusMode();
          }}
        />
      )}
      {change.dialog}
    </section>
  );
}

function Modes({
  label,
  chosen,
  devices,
  lists,
  onChange,
}: {
  label: string;
  chosen: Mode;
  devices: readonly Device[];
  lists: Lists;
  onChange: (part: Partial<Mode>) => void;
}) {
  const t = useTranslations('rules');
  const { canChange } = useRights();
  const speedName = useSpeedName();
  const effect = useEffectText(chosen, lists);
  return (
    <RadioGroup
      className="modes__choice"
      isReadOnly={!canChange}
      value={chosen.mode}
      onChange={(value) => {
        const found = MODES.find(({ mode }) => mode === value);
        if (found !== undefined) onChange({ mode: found.mode });
      }}
    >
      <Label className="modes__label">{label}</Label>
      {MODES.map(({ mode, icon: Icon }) => (
        <Radio key={mode} value={mode} className="modes__mode">
          <span className="modes__icon" aria-hidden>
            <Icon />
          </span>
          <span className="modes__text">
            <strong>{t(`modes.${mode}`)}</strong>
            <span className="quiet">{effect(mode)}</span>
            <span className="modes__outcome">
              {countSpeeds(devices, { ...chosen, mode })
                .map(({ speed, count }) =>
                  t(`counts.${speed === 0 ? 'off' : speed === Infinity ? 'full' : 'slow'}`, {
                    count,
                    speed: speedName(speed),
                  }),
                )
                .join(' · ')}
            </span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** What a mode does, in words. */
function useEffectText(chosen: Mode, lists: Lists): (mode: Mode['mode']) => string {
  const t = useTranslations('rules');
  const speedName = useSpeedName();
  const get = (rate: number | null, count: number) => {
    if (rate === null) return t('get.full', { count });
    if (rate === 0) return t('get.off', { count });
    return t('get.slow', { count, speed: Number.isNaN(rate) ? '…' : speedName(rate) });
  };
  return (mode) => {
    if (mode === 'none') return t('effects.none');
    const count = lists[mode].length;
    const rate = chosen[SPEEDS[mode].restricted];
    return t(`effects.${mode}`, { count, others: get(rate, mode === 'whitelist' ? 2 : count) });
  };
}

function Speeds({
  mode,
  chosen,
  onChange,
}: {
  mode: 'whitelist' | 'blacklist';
  chosen: Mode;
  onChange: (part: Partial<Mode>) => void;
}) {
  const t = useTranslations('rules');
  const { restricted, rest } = SPEEDS[mode];
  return (
    <div className="modes__speeds">
      <SpeedChoice
        key={restricted}
        label={t(`others.${mode}`)}
        rate={chosen[restricted]}
        hasOff
        onChange={(rate) => onChange({ [restricted]: rate })}
      />
      <SpeedChoice
        key={rest}
        label={t(`listed.${mode}`)}
        rate={chosen[rest]}
        hasFull
        onChange={(rate) => onChange({ [rest]: rate })}
      />
    </div>
  );
}

/** Shown at once, and rolled back with the reason if it is refused. Asks before it cuts off the device in use. */
function useChangeMode(router: Router, onApplied: (change: Partial<Mode>) => void) {
  const t = useTranslations('rules');
  const queryClient = useQueryClient();
  const { router_id } = router;
  const { queryKey } = policyQuery(router_id);
  const follow = useDeliveryToast();
  return useGuarded(
    async (mode: Partial<Mode>, confirm) => {
      // An answer on its way would overwrite the change.
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      queryClient.setQueryData(
        queryKey,
        before && { ...before, ...mode, delivery: { ...before.delivery, state: 'pending' } },
      );
      try {
        return await unwrap(
          api.PATCH('/api/v1/routers/{router_id}/policy', {
            params: { path: { router_id } },
            body: { ...mode, ...confirm },
          }),
        );
      } catch (error) {
        queryClient.setQueryData(queryKey, before);
        throw error;
      } finally {
        void queryClient.invalidateQueries({ queryKey: ['policy'] });
      }
    },
    (policy, mode) => {
      queryClient.setQueryData(queryKey, policy);
      onApplied(mode);
      const name = { router: routerLabel(router) };
      follow(
        { id: `mode ${router_id}`, routerId: router_id },
        { working: t('sent', name), done: t('doneByRouter'), decided: t('decided') },
      );
    },
  );
}
