import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../design/button.tsx';
import { servedText, signsInAtGoogle, signsInByLink } from '../../served-text.ts';
import './page.css';

const asCode = (command: ReactNode) => <code>{command}</code>;
const linkCommand = () => <code>bin/netpilot user link</code>;

/** The page for a person who is not signed in, or whose sign-in was refused. */
export function SignInPage() {
  const t = useTranslations('signIn');
  const problem = servedProblem();
  const way = signsInAtGoogle() ? 'google' : 'button';
  const returnTo = new URLSearchParams(location.search).get('return_to') ?? '/';
  return (
    <main className="sign-in">
      <section className="card sign-in__card">
        <img src="/icon.svg" alt="" width={56} height={56} />
        <h1>{t('title')}</h1>
        <p className="sign-in__lead">{t('lead')}</p>
        {problem !== undefined && (
          <p role="alert" className="sign-in__problem">
            <TriangleAlert aria-hidden className="icon" />
            <span>
              {problem.uninvited === undefined
                ? problem.text
                : t('notInvited', { email: problem.uninvited })}
            </span>
          </p>
        )}
        {problem?.uninvited !== undefined && <HowToBeInvited email={problem.uninvited} />}
        {signsInByLink() ? (
          <p className="quiet">{t.rich('localHint', { command: linkCommand })}</p>
        ) : (
          <>
            <a
              className={buttonClass('primary')}
              href={`/auth/sign-in?${problem?.uninvited === undefined ? '' : 'fresh=true&'}return_to=${encodeURIComponent(returnTo)}`}
            >
              {t(problem?.uninvited === undefined ? way : 'otherAccount')}
            </a>
            {problem?.uninvited === undefined && <p className="quiet">{t('hint')}</p>}
          </>
        )}
      </section>
    </main>
  );
}

/** Who can help, and how. */
function HowToBeInvited({ email }: { email: string }) {
  const t = useTranslations('signIn');
  return <p className="quiet">{t.rich('askOperator', { email, command: asCode })}</p>;
}

type Refusal = {
  /** In the server's own words. */
  text: string | undefined;
  /** The address that nobody has invited, if that is why. */
  uninvited: string | undefined;
};

/** Why the server refused the sign-in. */
function servedProblem(): Refusal | undefined {
  const text = servedText('problem');
  if (text === '') return undefined;
  const problem: { type?: unknown; title?: unknown; detail?: unknown; email?: unknown } =
    JSON.parse(text);
  const { type, email } = problem;
  return {
    text: [problem.detail, problem.title].find((words) => typeof words === 'string'),
    uninvited: type === '/problems/not-invited' && typeof email === 'string' ? email : undefined,
  };
}
