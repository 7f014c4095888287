import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { type HealthHistory, routerHealthQuery } from '../../api/health-queries.ts';
import { type Router, devicesQuery } from '../../api/queries.ts';
import { useBytesText } from '../../design/bytes.ts';
import { useDurationText } from '../../design/duration.ts';
import { Line } from '../../design/line.tsx';
import { useDateText } from '../../design/time.tsx';
import { useLiveRates } from '../../live/live-rates.ts';

const MINUTE_MS = 60_000;
/** What may help without internet. */
const HINTS = { internet_down: ['modem', 'cable', 'provider'], away: ['power', 'line'] } as const;

/** How a router and its internet are, in words; and what to do, if it is not well. */
export function HealthNow({ router }: { router: Router }) {
  const t = useTranslations('routers.now');
  const dateText = useDateText();
  const { state, since } = router.health;
  if (!router.is_active) return null;
  const day = { dateStyle: 'medium', timeStyle: 'short' } as const;
  const from = since === null ? '' : dateText(new Date(since), day);
  // Nothing says of a router that was just linked how its internet is.
  const said = state === 'unknown' && !router.is_connected ? 'never' : state;
  return (
    <div className="routers__now" data-state={state}>
      <p className="routers__sentence">{t(`${said}.text`, { since: from })}</p>
      {(said === 'internet_down' || said === 'away') && (
        <>
          <p>{t(`${said}.means`)}</p>
          <ul className="routers__hintlist">
            {HINTS[said].map((hint) => (
              <li key={hint}>{t(`hints.${hint}`)}</li>
            ))}
          </ul>
        </>
      )}
      {said === 'unknown' && <p className="quiet">{t('unknown.means')}</p>}
    </div>
  );
}

/** What passes there now: devices, round trip and loss, and how much they use. */
export function Figures({ router }: { router: Router }) {
  const t = useTranslations('routers.figures');
  const format = useFormatter();
  const { data: devices } = useQuery(devicesQuery);
  const here = devices?.filter(
    ({ router_id, is_online, is_router }) =>
      router_id === router.router_id && is_online && !is_router,
  ).length;
  const { round_trip, loss, state } = router.health;
  const isCounting = router.agent_features?.includes('usage') === true;
  return (
    <p className="routers__figures">
      <span>{router.is_connected ? t('devices', { count: here ?? 0 }) : t('devicesUnknown')}</span>
      {state === 'ok' && round_trip !== null && (
        <span>
          {t('roundTrip', { ms: format.number(round_trip, { maximumFractionDigits: 0 }) })}
        </span>
      )}
      {state === 'ok' && loss !== null && loss > 0 && <span>{t('loss', { loss })}</span>}
      {router.is_connected && isCounting && <Rate routerId={router.router_id} />}
    </p>
  );
}

function Rate({ routerId }: { routerId: string }) {
  const { rate } = useBytesText();
  const ids = useMemo(() => [routerId], [routerId]);
  const { down, up, counting } = useLiveRates(ids);
  // There is room for it before the first sample.
  return (
    <span className="routers__rate">{counting !== 'none' && `↓ ${rate(down)} ↑ ${rate(up)}`}</span>
  );
}

/** Round trip and loss of the last day, what was out, and how much of 30 days was without an outage. */
export function HealthPast({ router }: { router: Router }) {
  const t = useTranslations('routers.past');
  const format = useFormatter();
  const { router_id } = router;
  const { data: day } = useQuery(routerHealthQuery(router_id, 'day'));
  const { data: month, isPending } = useQuery(routerHealthQuery(router_id, 'month'));
  const isExpected = router.health.state === 'ok' || router.health.state === 'internet_down';
  const box = isExpected ? 'routers__past routers__past--line' : 'routers__past';
  if (day === undefined || isPending)
    return (
      // As many lines as it will have, so that nothing below it moves.
      <div className={box} data-coming aria-hidden>
        {isExpected && <span className="routers__line" />}
        <span className="routers__outages" />
        <p className="routers__words">{t('noOutage')}</p>
        <p className="routers__share">{t('share', { share: '100 %', count: 0 })}</p>
      </div>
    );
  const isMeasured = day.series.some(({ loss }) => loss !== null);
  const share = month?.share_up ?? null;
  return (
    <div className={box}>
      {isMeasured && <DayLine history={day} />}
      <OutageBars history={day} />
      {share !== null && (
        <p className="quiet routers__share">
          {t('share', {
            share: format.number(share, { style: 'percent', maximumFractionDigits: 2 }),
            count: month?.outages.length ?? 0,
          })}
        </p>
      )}
    </div>
  );
}

function DayLine({ history: { series } }: { history: HealthHistory }) {
  const t = useTranslations('routers.past');
  const format = useFormatter();
  const lines = useMemo(
    () => ({
      at: series.map(({ at }) => Date.parse(at) / 1000),
      trips: series.map(({ round_trip }) => round_trip),
      losses: series.map(({ loss }) => loss),
    }),
    [series],
  );
  const known = lines.trips.filter((trip) => trip !== null);
  const text = (value: number) =>
    t('ms', { ms: format.number(value, { maximumFractionDigits: 0 }) });
  const percent = (value: number) => format.number(value / 100, { style: 'percent' });
  const lost = Math.max(0, ...lines.losses.filter((loss) => loss !== null));
  const average = known.reduce((sum, trip) => sum + trip, 0) / Math.max(known.length, 1);
  return (
    <Line
      label={t('line', {
        average: text(average),
        worst: text(Math.max(0, ...known)),
        lost: percent(lost),
      })}
      at={lines.at}
      series={[
        { name: t('roundTrip'), colour: '--tint-teal', values: lines.trips, isFilled: true },
        { name: t('loss'), colour: '--danger', values: lines.losses, isPercent: true },
      ]}
      text={text}
      percentText={percent}
      top={20}
      height={5}
    />
  );
}

/** The last day as one bar, with what was out in it; and in words: always one line, so that nothing below moves when they come. */
function OutageBars({ history }: { history: HealthHistory }) {
  const t = useTranslations('routers.past');
  const duration = useDurationText();
  const dateText = useDateText();
  const now = useNow({ updateInterval: MINUTE_MS }).getTime();
  const outages = history.outages.filter(
    ({ until }) => until === null || Date.parse(until) > now - 24 * 60 * MINUTE_MS,
  );
  const begin = now - 24 * 60 * MINUTE_MS;
  const inWords = ({ kind, from, until }: (typeof outages)[number]) =>
    t(until === null ? `still.${kind}` : kind, {
      at: dateText(new Date(from), { timeStyle: 'short' }),
      time: duration.plain((until === null ? now : Date.parse(until)) - Date.parse(from)),
    });
  const place = (at: number) => (Math.max(at, begin) - begin) / (now - begin);
  return (
    <>
      <svg className="routers__outages" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
        {outages.map(({ kind, from, until }) => {
          const start = place(Date.parse(from));
          const end = place(until === null ? now : Date.parse(until));
          const width = Math.max(end - start, 0.004);
          return <rect key={from} data-kind={kind} x={start} width={width} y={0} height={1} />;
        })}
      </svg>
      {outages.length === 0 && <p className="quiet routers__words">{t('noOutage')}</p>}
      {outages.length === 1 &&
        outages.map((outage) => (
          <p key={outage.from} className="routers__words">
            {inWords(outage)}
          </p>
        ))}
      {outages.length > 1 && (
        <details>
          <summary>{t('outages', { count: outages.length })}</summary>
          <ul className="routers__hintlist">
            {outages.map((outage) => (
              <li key={outage.from}>{inWords(outage)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
