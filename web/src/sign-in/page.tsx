import { useTranslations } from 'use-intl';
import { buttonClass } from '../design/button.tsx';
import './page.css';

const linkCommand = () => <code>bin/netpilot user link</code>;

/** What a person sees who is not signed in. */
export function SignInPage() {
  const t = useTranslations('signIn');
  return (
    <main className="sign-in">
      <section className="card sign-in__card">
        <img src="/icon.svg" alt="" width={56} height={56} />
        <h1>{t('title')}</h1>
        <a className={buttonClass('primary')} href="/auth/sign-in">
          {t('button')}
        </a>
        <p className="quiet">{t('hint')}</p>
        <h2>{t('local')}</h2>
        <p className="quiet">{t.rich('localHint', { command: linkCommand })}</p>
      </section>
    </main>
  );
}
