import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { AccessFacts } from '../../access/facts.tsx';
import { api, expectOk } from '../../api/client.ts';
import { type Home, childQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';
import { useShownHomes } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';

const MINUTES = [15, 30, 60] as const;

/** What a child sees of a home, and all of it: what holds for them, how long, and a way to ask for more. */
export function ChildPage() {
  const [home] = useShownHomes();
  return home && <OfHome home={home} />;
}

function OfHome({ home }: { home: Home }) {
  const t = useTranslations('child');
  const own = useQuery(childQuery(home.id));
  if (own.isError) return <QueryProblem queries={[own]} />;
  if (own.isPending) return <Skeleton height={320} />;
  const { devices } = own.data;
  const [first = 'allow', ...others] = devices.map(({ access }) => access.access);
  const access = others.every((other) => other === first) ? first : 'mixed';
  return (
    <div className="page child">
      <header className="page__heading">
        <h1>{t('title')}</h1>
      </header>
      <section className="card">
        <h2>{devices.length === 0 ? t('devices') : t(access)}</h2>
        {devices.length === 0 && <p className="quiet rows__none">{t('noDevices')}</p>}
        <ul className="rows">
          {devices.map((device) => (
            <li key={device.id}>
              <span className="rows__main">
                <bdi>{device.name ?? t('unnamed')}</bdi>
                <AccessFacts access={device.access} home={home} />
              </span>
            </li>
          ))}
        </ul>
      </section>
      <Ask home={home} />
      <ZoneNote />
    </div>
  );
}

function Ask({ home }: { home: Home }) {
  const t = useTranslations('child');
  const access = useTranslations('access');
  const onError = useProblemToast();
  const [message, setMessage] = useState('');
  const ask = useMutation({
    mutationFn: (minutes: number) =>
      expectOk(
        api.POST('/api/v1/homes/{home_id}/asks', {
          params: { path: { home_id: home.id } },
          body: { minutes, ...(message.trim() !== '' && { message: message.trim() }) },
        }),
      ),
    onSuccess: () => {
      setMessage('');
      showToast({ text: t('asked') });
    },
    onError,
  });
  return (
    <section className="card">
      <h2>{t('ask')}</h2>
      <Field label={t('message')} value={message} maxLength={500} onChange={setMessage} />
      <div className="dialog__actions" role="group" aria-label={t('askFor')}>
        {MINUTES.map((minutes) => (
          <Button key={minutes} disabled={ask.isPending} onClick={() => ask.mutate(minutes)}>
            {access('minutes', { count: minutes })}
          </Button>
        ))}
      </div>
    </section>
  );
}
