import { useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { refreshRules } from '../../access/rule-writes.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { api, unwrap } from '../../api/client.ts';
import type { Home } from '../../api/home-queries.ts';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';

/** Allows all new devices of a home that are here now, if they are several. */
export function AllowHere({
  home: { id, name },
  isNamed,
  newcomers,
}: {
  home: Home;
  /** Whether the button says which home it is about. */
  isNamed: boolean;
  newcomers: readonly Device[];
}) {
  const t = useTranslations('home');
  const queryClient = useQueryClient();
  const review = useGuarded(
    (_nothing: undefined, confirm) =>
      unwrap(
        api.POST('/api/v1/homes/{home_id}/devices/review', {
          params: { path: { home_id: id } },
          body: { decision: 'allow', all: true, online: true, ...confirm },
        }),
      ),
    async ({ reviewed, left }) => {
      await refreshRules(queryClient);
      showToast({ text: t('allowedHere', { count: reviewed, left: left.length }) });
    },
  );
  const count = newcomers.filter(({ is_online }) => is_online).length;
  return (
    <>
      {count > 1 && (
        <Button disabled={review.isPending} onClick={() => review.run(undefined)}>
          <Check aria-hidden />
          {t(isNamed ? 'allowHereAt' : 'allowHere', { count, home: name })}
        </Button>
      )}
      {review.dialog}
    </>
  );
}
