import { useTranslations } from 'use-intl';
import type { Router } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';

/** Chooses a router by its id; `all` stands for every router if `hasAll`. Nothing if there is no choice. */
export function RouterChoice({
  routers,
  hasAll = false,
  value,
  onChange,
}: {
  routers: readonly Router[] | undefined;
  hasAll?: boolean;
  value: string;
  onChange: (routerId: string) => void;
}) {
  const t = useTranslations('routers');
  if (routers === undefined || routers.length < 2) return undefined;
  return (
    <Choice
      label={t('router')}
      isLabelHidden
      options={[...(hasAll ? [{ value: 'all', text: t('all') }] : []), ...routerOptions(routers)]}
      value={value}
      onChange={onChange}
    />
  );
}

export function routerOptions(routers: readonly Router[]): { value: string; text: string }[] {
  return routers.map((router) => ({ value: router.router_id, text: routerLabel(router) }));
}

/** A router's name, or its id if it has none. */
export function routerLabel({ router_id, router_name }: Router): string {
  return router_name ?? router_id;
}
