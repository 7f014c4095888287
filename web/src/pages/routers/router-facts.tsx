import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { type Router, routerFactsQuery } from '../../api/queries.ts';
import { Fact } from '../../design/fact.tsx';
import { RelativeTime } from '../../design/time.tsx';

const MEGABYTE = 2 ** 20;

/** What a router says of itself: facts of a `dl.facts`. Nothing for a router whose agent does not say it. */
export function RouterFacts({ router }: { router: Router }) {
  const t = useTranslations('routers');
  const format = useFormatter();
  const isTold = router.agent_features?.includes('router') === true;
  const { data } = useQuery({ ...routerFactsQuery(router.router_id), enabled: isTold });
  if (!data) return null;
  const { booted_at, load, memory_total, memory_available, internet } = data;
  const addresses = [data.public_ip4, data.public_ip6].filter((ip) => ip !== null);
  return (
    <>
      <Fact name={t('booted')}>
        <RelativeTime moment={booted_at} />
      </Fact>
      <Fact name={t('load')}>{format.number(load, { minimumFractionDigits: 2 })}</Fact>
      <Fact name={t('memory')}>
        {t('memoryOf', {
          available: format.number(Math.round(memory_available / MEGABYTE)),
          total: format.number(Math.round(memory_total / MEGABYTE)),
        })}
      </Fact>
      <Fact name={t('internet')}>
        {t(`internets.${internet}`)}
        {addresses.map((ip) => (
          <span key={ip} className="mono name">
            {' '}
            {ip}
          </span>
        ))}
      </Fact>
      <Fact name={t('offloading')}>{t(`offloadings.${data.offloading}`)}</Fact>
      {data.health.map(({ target, loss, round_trip }) => (
        <Fact key={target} name={t('health', { target })}>
          {round_trip === null
            ? t('noAnswer')
            : t('answer', {
                milliseconds: format.number(round_trip, { maximumFractionDigits: 1 }),
                loss,
              })}
        </Fact>
      ))}
    </>
  );
}
