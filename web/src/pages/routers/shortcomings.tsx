/** What a router does not do, and cannot do. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type Router, devicesQuery, policyQuery } from '../../api/queries.ts';

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

/** What linking again would add to a router whose agent is older than this NetPilot. */
export function OldAgent({ router }: { router: Router }) {
  const t = useTranslations('routers');
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
      <p>{t('old.update')}</p>
    </div>
  );
}
