import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { auditQuery, meQuery } from '../../api/queries.ts';
import { useMomentText } from '../../homes/time.tsx';
import { timeZone } from '../../texts/time-zone.ts';
import { sentencesOf } from '../activity/fold.ts';
import { Sentence } from '../activity/sentence-text.tsx';

const SHOWN = 6;

/** The last few things that happened, in sentences. */
export default function LastEntries() {
  const t = useTranslations('home');
  const momentText = useMomentText();
  const { data } = useInfiniteQuery(auditQuery({}));
  const me = useQuery(meQuery).data?.id;
  if (data === undefined) return undefined;
  const sentences = sentencesOf(data.pages[0]?.items ?? [], me).slice(0, SHOWN);
  if (sentences.length === 0) return <p className="quiet">{t('nothingYet')}</p>;
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence.entries[0]?.id ?? sentence.at}>
          <time className="quiet" dateTime={sentence.at}>
            {momentText(sentence.at, timeZone())}
          </time>
          <Sentence of={sentence} />
        </li>
      ))}
    </ul>
  );
}
