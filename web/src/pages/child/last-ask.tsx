import { CircleCheck, CircleX, Hourglass } from 'lucide-react';
import { useNow, useTranslations } from 'use-intl';
import { Countdown } from '../../access/countdown.tsx';
import type { Child, Home } from '../../api/home-queries.ts';
import { useMomentText, zoneOf } from '../../homes/time.tsx';

type LastAsk = NonNullable<Child['last_ask']>;
type State = 'waiting' | 'granted' | 'over' | 'ended' | 'refused';

/** What somebody asked longer ago says nothing of today. */
const RECENT_MS = 24 * 60 * 60 * 1000;
const ICONS = {
  waiting: Hourglass,
  granted: CircleCheck,
  over: CircleCheck,
  ended: CircleX,
  refused: CircleX,
};

/** How it is with what was asked for; undefined if that was too long ago. */
export function stateOf(ask: LastAsk, now: number): State | undefined {
  const { answer, granted_until, asked_at } = ask;
  if (granted_until !== null && Date.parse(granted_until) > now) return 'granted';
  if (Date.parse(asked_at) < now - RECENT_MS || answer === 'replaced') return undefined;
  if (answer === null) return 'waiting';
  if (answer === 'refused') return 'refused';
  return granted_until === null ? 'ended' : 'over';
}

/** The last thing that the child asked for, and its answer. */
export function LastAsk({
  ask,
  devices,
  home,
}: {
  ask: LastAsk;
  devices: Child['devices'];
  home: Home;
}) {
  const t = useTranslations('child');
  const access = useTranslations('access');
  const momentText = useMomentText();
  const state = stateOf(ask, useNow({ updateInterval: 10_000 }).getTime());
  if (state === undefined) return undefined;
  const { minutes, granted_minutes, granted_until, answered_at, answered_by_name } = ask;
  const Icon = ICONS[state];
  const at = (moment: string | null) => (moment === null ? '' : momentText(moment, zoneOf(home)));
  const blocked = devices.filter((device) => device.access.access === 'block');
  return (
    <section className="card child__ask" data-state={state} aria-live="polite">
      <Icon aria-hidden />
      <div>
        <h2>
          {t(`states.${state}`, {
            length: access('minutes', { count: granted_minutes ?? minutes }),
            time: at(granted_until),
          })}
        </h2>
        <p className="quiet">
          {answered_at === null
            ? t('askedAt', {
                length: access('minutes', { count: minutes }),
                time: at(ask.asked_at),
              })
            : t('answeredAt', {
                length: access('minutes', { count: minutes }),
                name: answered_by_name ?? '',
                time: at(answered_at),
              })}
          {state === 'granted' && granted_until !== null && (
            <>
              {' · '}
              <Countdown until={granted_until} />
            </>
          )}
        </p>
        {ask.message !== null && (
          <p className="quiet">
            <q>
              <bdi>{ask.message}</bdi>
            </q>
          </p>
        )}
        {state === 'granted' && blocked.length > 0 && (
          <p>{t(blocked.length === devices.length ? 'helpsNone' : 'helpsSome')}</p>
        )}
      </div>
    </section>
  );
}
