import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { meQuery } from '../api/queries.ts';
import { Dialog } from './dialog.tsx';
import { type Act, rememberAct } from './remembered-act.ts';

const linkCommand = () => <code>bin/netpilot user link</code>;

/** Asks the person to sign in again for what they want to do. The page goes on with it afterwards (`useResumedAct`). */
export function SignInAgain({
  signInUrl,
  act,
  details = '',
  onRetry,
  onClose,
}: {
  /** Of the issuer; undefined if people sign in by a link, which they open beside this page. */
  signInUrl: string | undefined;
  act: Act;
  details?: string;
  onRetry: () => void;
  onClose: () => void;
}) {
  const t = useTranslations('signInAgain');
  const me = useQuery(meQuery);
  const leave = (url: string) => {
    rememberAct(act, details, me.data?.id ?? '');
    const place = encodeURIComponent(location.pathname + location.search);
    location.assign(`${url}&return_to=${place}`);
  };
  return (
    <Dialog
      title={t('title')}
      onClose={onClose}
      confirm={{
        text: t(signInUrl === undefined ? 'continue' : 'button'),
        variant: 'primary',
        onClick: () => (signInUrl === undefined ? onRetry() : leave(signInUrl)),
      }}
    >
      <p>{t(`why.${act}`)}</p>
      <p className="quiet">
        {signInUrl === undefined ? t.rich('byLink', { command: linkCommand }) : t('back')}
      </p>
    </Dialog>
  );
}
