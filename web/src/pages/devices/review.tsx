import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Merge } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { refreshRules } from '../../access/rule-writes.ts';
import { useHomeOf } from '../../access/text.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import { peopleQuery } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { deviceLabel } from './label.ts';
import './review.css';

type Review = { decision: 'allow' | 'refuse'; person_id?: string; same_as?: string };

/** Decides about a device that is new: allow it, refuse it, say whose it is, or that it is one that is known already. One tap. */
export function Reviewing({ device }: { device: Device }) {
  const t = useTranslations('devices.review');
  const { canChange } = useRights();
  const homeOf = useHomeOf();
  const { data: people = [] } = useQuery(peopleQuery);
  const review = useReview(device);
  if (!device.is_new || device.is_router || !canChange) return undefined;
  const name = deviceLabel(device);
  const home = homeOf(device.router_id);
  const { same_as } = device;
  return (
    <div className="review" role="group" aria-label={t('title', { name })}>
      {same_as && (
        <div className="review__same">
          <span className="rows__main">
            <bdi>{t('sameAs', { name: same_as.name })}</bdi>
            <span className="quiet">
              {same_as.reasons
                .map(({ code, value }) => t(`reasons.${code}`, { value: value ?? '' }))
                .join(' · ')}
            </span>
          </span>
          <Button
            disabled={review.isPending}
            onClick={() => review.run({ decision: 'allow', same_as: same_as.device_id })}
          >
            <Merge aria-hidden />
            {t('merge')}
          </Button>
        </div>
      )}
      <Button
        variant="primary"
        disabled={review.isPending}
        aria-label={t('allowOne', { name })}
        onClick={() => review.run({ decision: 'allow' })}
      >
        <Check aria-hidden />
        {t('allow')}
      </Button>
      <Button
        disabled={review.isPending}
        aria-label={t('refuseOne', { name })}
        onClick={() => review.run({ decision: 'refuse' })}
      >
        {t('refuse')}
      </Button>
      {people
        .filter(({ home_id }) => home_id === home?.id)
        .map((person) => (
          <Button
            key={person.id}
            disabled={review.isPending}
            aria-label={t('isOf', { device: name, name: person.name })}
            onClick={() => review.run({ decision: 'allow', person_id: person.id })}
          >
            <Avatar person={person} />
            <span className="name">{person.name}</span>
          </Button>
        ))}
      {review.dialog}
    </div>
  );
}

function useReview(device: Device) {
  const t = useTranslations('devices.review');
  const queryClient = useQueryClient();
  const { router_id, id } = device;
  return useGuarded(
    (body: Review, confirm) =>
      unwrap(
        api.POST('/api/v1/routers/{router_id}/devices/{id}/review', {
          params: { path: { router_id, id } },
          body: { ...body, ...confirm },
        }),
      ),
    async (_device, { decision, same_as }) => {
      await refreshRules(queryClient);
      const outcome = same_as === undefined ? decision : 'merged';
      showToast({ text: t(`done.${outcome}`, { name: deviceLabel(device) }) });
    },
  );
}
