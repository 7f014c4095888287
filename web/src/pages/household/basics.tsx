import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import type { Home } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Field } from '../../design/field.tsx';
import { Fact } from '../../design/fact.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { timeZone } from '../../texts/time-zone.ts';

const UNSET = 'unset';

/** Name and time zone of a home. */
export function Basics({ home }: { home: Home }) {
  const t = useTranslations('household');
  const { canChange } = useRights();
  const change = useChangeHome(home);
  const [name, setName] = useState(home.name);
  if (!canChange)
    return (
      <section className="card">
        <h2>{t('basics')}</h2>
        <dl className="facts">
          <Fact name={t('name')}>
            <bdi>{home.name}</bdi>
          </Fact>
          <Fact name={t('timeZone')}>{home.timezone ?? t('zoneUnset')}</Fact>
        </dl>
      </section>
    );
  return (
    <section className="card">
      <h2>{t('basics')}</h2>
      <Field label={t('name')} value={name} maxLength={255} onChange={setName} />
      <Choice
        label={t('timeZone')}
        options={[
          ...(home.timezone === null ? [{ value: UNSET, text: t('zoneUnset') }] : []),
          ...zonesWith(home.timezone).map((value) => ({ value, text: value })),
        ]}
        value={home.timezone ?? UNSET}
        onChange={(timezone) => timezone !== UNSET && change.mutate({ timezone })}
      />
      <p className="quiet">{t('zoneHint')}</p>
      {home.timezone !== timeZone() && (
        <p>
          {t('zoneOffer', { zone: timeZone() })}{' '}
          <Button
            disabled={change.isPending}
            onClick={() => change.mutate({ timezone: timeZone() })}
          >
            {t('zoneTake', { zone: timeZone() })}
          </Button>
        </p>
      )}
      <div className="dialog__actions">
        <Button
          variant="primary"
          disabled={name.trim() === '' || name.trim() === home.name || change.isPending}
          onClick={() => change.mutate({ name: name.trim() })}
        >
          {t('save')}
        </Button>
      </div>
    </section>
  );
}

/** All zones that the browser knows, and one that it does not if the home has it. */
function zonesWith(own: string | null): string[] {
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return own === null || known.includes(own) ? known : [own, ...known];
}

function useChangeHome({ id }: Home) {
  const t = useTranslations('household');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; timezone?: string }) =>
      unwrap(api.PATCH('/api/v1/homes/{home_id}', { params: { path: { home_id: id } }, body })),
    onSuccess: () => showToast({ text: t('saved') }),
    onError,
    // Another zone moves every window.
    onSettled: () => queryClient.invalidateQueries(),
  });
}
