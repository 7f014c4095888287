import { useTranslations } from 'use-intl';
import { useHomeOf } from '../../access/text.ts';
import type { Policy, Router } from '../../api/queries.ts';
import { Dot } from '../../design/dot.tsx';
import { useIsBrowser, useMomentText, zoneOf } from '../../homes/time.tsx';
import { routerLabel } from '../routers/choice.tsx';
import { useDeliveryReason } from '../routers/state.tsx';

/** Whether a router does what is chosen, in words: in force since when, or what it waits for. */
export function DeliveryLine({ router, policy }: { router: Router; policy: Policy }) {
  const t = useTranslations('rules');
  const momentText = useMomentText();
  const home = useHomeOf()(router.router_id);
  const isBrowser = useIsBrowser();
  const reason = useDeliveryReason(router.router_id);
  const name = routerLabel(router);
  const { delivery, applied_at } = policy;
  const text =
    delivery.state === 'applied'
      ? applied_at !== null && isBrowser
        ? t('inForceSince', { router: name, time: momentText(applied_at, zoneOf(home)) })
        : t('inForce', { router: name })
      : reason === undefined
        ? t('sending', { router: name })
        : t('waits', { router: name, reason });
  const state =
    delivery.state === 'applied' ? 'here' : delivery.state === 'unknown' ? 'unknown' : 'waiting';
  return (
    <output>
      <Dot state={state} label={text} isLabelShown />
    </output>
  );
}
