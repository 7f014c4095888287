/** What a router does not do, and cannot do. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import {
  type Router,
  agentUpdateQuery,
  devicesQuery,
  policyQuery,
  routersQuery,
} from '../../api/queries.ts';
import { useDateText } from '../../design/time.tsx';
import { routerLabel } from './choice.tsx';

/** What does not hold of a policy that the router has applied: for which device, and why. */
export function Refused({ routerId }: { routerId: string }) {
  const t = useTranslations();
  const { data } = useQuery(policyQuery(routerId));
  const { data: devices } = useQuery(devicesQuery);
  const refused = data?.delivery.refused ?? [];
  if (refused.length === 0) return null;
  return (
    <ul className="routers__refused">
      {refused.map(({ rule, address, device_id, reason_code }) => {
        const device = devices?.find(({ id }) => id === device_id);
        const known = device?.device_name ?? device?.hostname;
        const name = known ? `${known} (${address})` : address;
        return (
          <li key={`${rule} ${address}`}>
            {t('routers.refused', { rule, name })} {t(`state.refused.${reason_code}`)}
          </li>
        );
      })}
    </ul>
  );
}

/** What else connects as this router, or looks like it. */
export function LookAlikes({ router }: { router: Router }) {
  const t = useTranslations('routers.lookAlikes');
  const dateText = useDateText();
  const { data: routers } = useQuery(routersQuery);
  const { rival, lan_mac, connections, connections_since: since } = router;
  const names = router.same_lan_mac.map((id) => {
    const other = routers?.find(({ router_id }) => router_id === id);
    return other === undefined ? id : routerLabel(other);
  });
  return (
    <>
      {rival !== null && (
        <p role="note">{t('rival', { own: lan_mac ?? '', other: rival.lan_mac })}</p>
      )}
      {rival === null && router.is_flapping && since !== null && (
        <p role="note">
          {t('flapping', {
            count: connections,
            since: dateText(new Date(since), { timeStyle: 'short' }),
          })}
        </p>
      )}
      {names.length > 0 && <p role="note">{t('sameMac', { names: names.join(', ') })}</p>}
      {router.has_other_lan_mac && lan_mac !== null && (
        <p className="quiet">{t('otherMac', { mac: lan_mac })}</p>
      )}
    </>
  );
}

/** What linking again would add to a router whose agent is older than this NetPilot. */
export function OldAgent({ router }: { router: Router }) {
  const t = useTranslations('routers');
  const { data: update } = useQuery(agentUpdateQuery(router));
  if (router.is_agent_old !== true) return null;
  const lacks = router.agent_lacks;
  return (
    <div className="quiet">
      <p>{t('old.title')}</p>
      {lacks.length > 0 && (
        <>
          <p>{t('old.cannot')}</p>
          <ul className="routers__refused">
            {lacks.map((feature) => (
              <li key={feature}>{t(`old.lacks.${feature}`)}</li>
            ))}
          </ul>
        </>
      )}
      {update?.is_newer !== true && <p>{t('old.update')}</p>}
    </div>
  );
}
