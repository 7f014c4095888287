import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { auditQuery, meQuery } from '../../api/queries.ts';
import { useDateText } from '../../design/time.tsx';
import { sentencesOf } from '../activity/fold.ts';
import { Sentence } from '../activity/sentence-text.tsx';

const SHOWN = 6;

/** The last few things that happened, in sentences. */
export default function LastEntries() {
  const t = useTranslations('home');
  const dateText = useDateText();
  const { data } = useInfiniteQuery(auditQuery({}));
  const { data: me } = useQuery(meQuery);
  const sentences = sentencesOf(data?.pages[0]?.items ?? [], me?.id).slice(0, SHOWN);
  if (data && sentences.length === 0) return <p className="quiet">{t('nothingYet')}</p>;
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence.id}>
          <time className="quiet" dateTime={sentence.at}>
            {dateText(new Date(sentence.at), { timeStyle: 'short' })}
          </time>
          <Sentence of={sentence} />
        </li>
      ))}
    </ul>
  );
}
