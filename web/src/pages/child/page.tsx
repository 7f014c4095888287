import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { AccessFacts } from '../../access/facts.tsx';
import { Reason } from '../../access/reason.tsx';
import { type Access, isRestricted, useAccessText } from '../../access/text.ts';
import { type Child, type Home, childQuery } from '../../api/home-queries.ts';
import { Lead } from '../../design/lead.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { Tile, kindOf } from '../../design/tile.tsx';
import { useShownHomes } from '../../homes/current.ts';
import { ZoneNote, useMomentText, zoneOf } from '../../homes/time.tsx';
import { usePageTitle } from '../../shell/page-title.ts';
import { Ask } from './ask.tsx';
import { LastAsk } from './last-ask.tsx';
import './page.css';

const STATES = {
  allow: 'good',
  limit: 'warning',
  block: 'danger',
  someSlow: 'warning',
  someBlocked: 'warning',
} as const;

/** What a child sees of a home, and all of it: what holds for them, how long, and a way to ask for more. */
export function ChildPage() {
  const [home] = useShownHomes();
  return home && <OfHome home={home} />;
}

function OfHome({ home }: { home: Home }) {
  const t = useTranslations('child');
  usePageTitle(t('title'));
  const own = useQuery(childQuery(home.id));
  if (own.isError) return <QueryProblem queries={[own]} />;
  if (own.isPending) return <Skeleton height={320} />;
  const { devices, last_ask, person } = own.data;
  return (
    <div className="page child">
      <Now devices={devices} home={home} />
      {last_ask !== null && <LastAsk ask={last_ask} devices={devices} home={home} />}
      {person !== null && <Ask home={home} lastAsked={last_ask?.asked_at} />}
      {devices.length > 0 && (
        <section className="child__devices">
          <h2>{t('devices')}</h2>
          <ul className="rows">
            {devices.map((device) => (
              <li key={device.id}>
                <Tile kind={kindOf(device.device_type)} />
                <span className="rows__main">
                  <strong>
                    <bdi>{device.name ?? t('unnamed')}</bdi>
                  </strong>
                  <AccessFacts access={device.access} home={home} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ZoneNote />
    </div>
  );
}

/** What holds for all devices together; if it is not the same for all, the list says what holds for each. */
function Now({ devices, home }: { devices: Child['devices']; home: Home }) {
  const t = useTranslations('child');
  const [first, ...others] = devices;
  if (first === undefined) return <Lead state="unknown" sentence={t('noDevices')} />;
  const isOne = others.every(({ access }) => access.access === first.access.access);
  const isSomeBlocked = devices.some(({ access }) => access.access === 'block');
  const kind = isOne ? first.access.access : isSomeBlocked ? 'someBlocked' : 'someSlow';
  return (
    <Lead
      state={STATES[kind]}
      sentence={t(kind)}
      facts={isOne && <WhyAndNext access={first.access} home={home} />}
    />
  );
}

function WhyAndNext({ access, home }: { access: Access; home: Home }) {
  const t = useTranslations('access');
  const { state, why } = useAccessText();
  const momentText = useMomentText();
  if (isRestricted(access)) return <Reason access={access} home={home} />;
  const { next } = access;
  if (next === null) return t('nextNone');
  const time = momentText(next.at, zoneOf(home));
  return t('next', { state: state(next), time, because: why(next.because) });
}
