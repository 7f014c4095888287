import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../design/button.tsx';
import { servedText, signsInByLink } from '../../served-text.ts';
import './page.css';

const linkCommand = () => <code>bin/netpilot user link</code>;

/** The page for a person who is not signed in, or whose sign-in was refused. */
export function SignInPage() {
  const t = useTranslations('signIn');
  const problem = servedProblem();
  const returnTo = new URLSearchParams(location.search).get('return_to') ?? '/';
  return (
    <main className="sign-in">
      <section className="card sign-in__card">
        <img src="/icon.svg" alt="" width={56} height={56} />
        <h1>{t('title')}</h1>
        {problem !== undefined && (
          <p role="alert" className="sign-in__problem">
            <TriangleAlert aria-hidden className="icon" />
            {problem}
          </p>
        )}
        {signsInByLink() ? (
          <p className="quiet">{t.rich('localHint', { command: linkCommand })}</p>
        ) : (
          <>
            <a
              className={buttonClass('primary')}
              href={`/auth/sign-in?return_to=${encodeURIComponent(returnTo)}`}
            >
              {t('button')}
            </a>
            <p className="quiet">{t('hint')}</p>
          </>
        )}
      </section>
    </main>
  );
}

/** Why the server refused the sign-in, in its own words. */
function servedProblem(): string | undefined {
  const text = servedText('problem');
  if (text === '') return undefined;
  const problem: { title?: unknown; detail?: unknown } = JSON.parse(text);
  return [problem.detail, problem.title].find((words) => typeof words === 'string');
}
