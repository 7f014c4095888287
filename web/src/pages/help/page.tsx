import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useRouter } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { usePageTitle } from '../../shell/page-title.ts';
import { pageLanguage } from '../../texts/page-language.ts';
import { readTopic } from './read-topic.ts';
import { TOPICS, type Topic, topicOf } from './topics.ts';
import './page.css';

const route = getRouteApi('/signed-in/help/$topic');

/** What the guide has. */
export function HelpPage() {
  const t = useTranslations('help');
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
      </header>
      <ul className="rows help__topics">
        {TOPICS.map((topic) => (
          <li key={topic}>
            <Link to="/help/$topic" params={{ topic }} className="rows__main help__topic">
              <strong>{t(`topics.${topic}.title`)}</strong>
              <span className="quiet">{t(`topics.${topic}.hint`)}</span>
            </Link>
            <ChevronRight aria-hidden className="icon" />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One page of the guide; an unknown one leads to the list. */
export function HelpTopicPage() {
  const topic = topicOf(route.useParams().topic);
  return topic === undefined ? <HelpPage /> : <TopicPage topic={topic} />;
}

function TopicPage({ topic }: { topic: Topic }) {
  const t = useTranslations('help');
  const language = pageLanguage();
  const page = useQuery({
    queryKey: ['help', language, topic],
    queryFn: () => readTopic(topic, language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  usePageTitle(page.data?.title);
  const router = useRouter();
  // Links of the text are links of the app.
  const follow = (event: MouseEvent<HTMLElement>) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void router.navigate({ href: link.getAttribute('href') ?? '/help' });
  };
  return (
    <div className="page">
      <Link to="/help" className="help__back">
        {t('back')}
      </Link>
      {page.isPending && <Skeleton height={480} />}
      <QueryProblem queries={[page]} />
      {page.isSuccess && (
        <>
          <header className="page__heading">
            <h1>{page.data.title}</h1>
          </header>
          {/* What is clicked are links, which have keys of their own. */}
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
          <article
            className="help__text"
            onClick={follow}
            // Written by us, and made when the app was built.
            dangerouslySetInnerHTML={{ __html: page.data.html }}
          />
        </>
      )}
    </div>
  );
}
