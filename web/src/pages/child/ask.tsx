import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNow, useTranslations } from 'use-intl';
import { askForTime } from '../../api/health-queries.ts';
import { type Home, childQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';

const MINUTES = [15, 30, 60] as const;
const MINUTE_MS = 60_000;
/** The server refuses more. */
const AGAIN_MS = 5 * MINUTE_MS;

/** How long until one may ask again, in ms; 0: now. */
function restUntilNextAsk(lastAsked: string | undefined, now: number): number {
  if (lastAsked === undefined) return 0;
  return Math.max(0, Date.parse(lastAsked) + AGAIN_MS - now);
}

/** Asks for more time, once in five minutes. */
export function Ask({ home, lastAsked }: { home: Home; lastAsked: string | undefined }) {
  const t = useTranslations('child');
  const access = useTranslations('access');
  const queryClient = useQueryClient();
  const onError = useProblemToast();
  const [message, setMessage] = useState('');
  const rest = restUntilNextAsk(lastAsked, useNow({ updateInterval: 5_000 }).getTime());
  const ask = useMutation({
    mutationFn: (minutes: number) => askForTime(home.id, minutes, message),
    onSuccess: () => {
      setMessage('');
      showToast({ id: 'ask', text: t('asked') });
    },
    onError,
    onSettled: () => queryClient.invalidateQueries(childQuery(home.id)),
  });
  return (
    <section className="child__form">
      <h2>{t('ask')}</h2>
      {rest > 0 ? (
        <p className="quiet">{t('askAgain', { count: Math.ceil(rest / MINUTE_MS) })}</p>
      ) : (
        <>
          <Field label={t('message')} value={message} maxLength={500} onChange={setMessage} />
          <div className="child__minutes" role="group" aria-label={t('askFor')}>
            {MINUTES.map((minutes) => (
              <Button
                key={minutes}
                variant="primary"
                disabled={ask.isPending}
                onClick={() => ask.mutate(minutes)}
              >
                {access('minutes', { count: minutes })}
              </Button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}
