import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import { refreshRules } from '../../access/rule-writes.ts';
import { useGuarded } from '../../access/use-guarded.tsx';
import { type Ask, type AskAnswer, answerAsk, asksQuery } from '../../api/health-queries.ts';
import { peopleQuery } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { showToast } from '../../design/toast.ts';
import { RelativeTime } from '../../design/time.tsx';
import { useRights } from '../../homes/current.ts';

const MINUTES = [15, 30, 60] as const;

/** Somebody asks for more time: how long, and why; and the answers, each in one tap. */
export function AskItem({ ask }: { ask: Ask }) {
  const t = useTranslations('home');
  const { canChange } = useRights();
  const { data: people = [] } = useQuery(peopleQuery);
  const person = people.find(({ id }) => id === ask.person_id);
  const answer = useAnswer(ask);
  const { person_name: name, minutes } = ask;
  const choices = [...new Set([...MINUTES, minutes])].toSorted((one, other) => one - other);
  return (
    <li className="home__wide">
      {person && <Avatar person={person} />}
      <span className="rows__main">
        <span className="home__name">{t('asksFor', { name, minutes })}</span>
        {ask.message !== null && <q className="home__message">{ask.message}</q>}
        <span className="quiet home__small">
          <RelativeTime moment={ask.asked_at} />
        </span>
      </span>
      {canChange && (
        <div className="review" role="group" aria-label={t('answer', { name })}>
          {choices.map((length) => (
            <Button
              key={length}
              variant={length === minutes ? 'primary' : 'plain'}
              disabled={answer.isPending}
              aria-label={t('grantOne', { name, minutes: length })}
              onClick={() => answer.run({ answer: 'granted', minutes: length })}
            >
              {t('grant', { minutes: length })}
            </Button>
          ))}
          <Button
            disabled={answer.isPending}
            aria-label={t('refuseAsk', { name })}
            onClick={() => answer.run({ answer: 'refused' })}
          >
            {t('refuse')}
          </Button>
        </div>
      )}
      {answer.dialog}
    </li>
  );
}

function useAnswer(ask: Ask) {
  const t = useTranslations('home');
  const queryClient = useQueryClient();
  const { person_name: name } = ask;
  return useGuarded(
    (body: AskAnswer) => answerAsk(ask, body),
    async ({ still_blocked }, { answer, minutes = ask.minutes }) => {
      const names = still_blocked.map((device) => device.name).join(', ');
      const said = answer === 'refused' ? 'refused' : names === '' ? 'granted' : 'grantedInPart';
      showToast({ text: t(said, { name, minutes, devices: names }) });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: asksQuery.queryKey }),
        refreshRules(queryClient),
      ]);
    },
  );
}
