import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type Access, useAccessText } from '../../access/text.ts';
import { api, unwrap } from '../../api/client.ts';
import type { Home } from '../../api/home-queries.ts';
import { type Device, meQuery, policyQuery } from '../../api/queries.ts';
import { useMomentText, zoneOf } from '../../homes/time.tsx';
import { sentencesOf } from '../activity/fold.ts';
import { Sentence } from '../activity/sentence-text.tsx';
import { deviceLabel } from '../devices/label.ts';
import { useDeliveryReason } from '../routers/state.tsx';
import { DeviceLink } from './picture.tsx';

/** Why devices have no internet, or a slow one: what holds, who decided it, what comes next, and whether the router does it. */
export default function Explanation({
  devices,
  home,
}: {
  devices: readonly [Device, ...Device[]];
  home: Home | undefined;
}) {
  const t = useTranslations('home');
  const [first] = devices;
  const decision = useDecision(first);
  const { data: policy } = useQuery(policyQuery(first.router_id));
  const reason = useDeliveryReason(first.router_id);
  const sentences = useSentences(first.access, home);
  const momentText = useMomentText();
  return (
    <div className="home__why">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {decision?.map((sentence) => (
        <p key={sentence.at}>
          <Sentence of={sentence} /> ({momentText(sentence.at, zoneOf(home))})
        </p>
      ))}
      {policy && <p>{policy.delivery.state === 'applied' ? t('applied') : reason}</p>}
      <p className="home__links">
        {devices.map((device) => (
          <DeviceLink key={device.id} device={device} className="home__link">
            {t('allAbout', { name: deviceLabel(device) })}
          </DeviceLink>
        ))}
      </p>
    </div>
  );
}

/** Why it is so, until when, and what comes next. */
function useSentences(access: Access, home: Home | undefined): string[] {
  const t = useTranslations('home.whySentences');
  const momentText = useMomentText();
  const { state, why } = useAccessText();
  const { because, until, next } = access;
  const zone = zoneOf(home);
  const name = because.name ?? '';
  return [
    t(because.name === null || !isNamed(because.kind) ? because.kind : `${because.kind}Named`, {
      name,
    }),
    until === null ? t('noEnd') : t('until', { time: momentText(until, zone) }),
    ...(next === null || next.access === 'allow'
      ? []
      : [
          t('next', {
            state: state(next),
            time: momentText(next.at, zone),
            why: why(next.because),
          }),
        ]),
  ];
}

function isNamed(kind: Access['because']['kind']): kind is 'schedule' | 'exception' {
  return kind === 'schedule' || kind === 'exception';
}

/** So far back the activity is searched for who made a rule. */
const SEARCHED = 200;

/** What of the activity is behind a restriction, if somebody did it by hand: a block, or the last change of a rule. */
function useDecision({ id, access: { because } }: Device) {
  const me = useQuery(meQuery).data?.id;
  const { rule_id } = because;
  const isBlock = because.kind === 'block';
  const { data } = useQuery({
    queryKey: ['audit', 'decision', isBlock ? id : rule_id],
    enabled: isBlock || rule_id !== null,
    queryFn: async ({ signal }) => {
      const query = isBlock
        ? { limit: 1, device_id: id, action: 'block.started' }
        : { limit: SEARCHED, action: 'rule' };
      const { items } = await unwrap(api.GET('/api/v1/audit', { signal, params: { query } }));
      return items
        .filter(({ actor, subject_id }) => actor === 'user' && (isBlock || subject_id === rule_id))
        .slice(0, 1);
    },
  });
  return data && sentencesOf(data, me);
}
