import { useMutation } from '@tanstack/react-query';
import { MonitorX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import type { PairingCode } from '../../api/queries.ts';
import { Copyable } from '../../design/copyable.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Notice, ProblemNotice, Skeleton } from '../../design/notice.tsx';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { DateTime } from '../../design/time.tsx';
import { HelpLink } from '../help/link.tsx';
import { LinkProgress } from './link-progress.tsx';
import { linkToRouter } from './router-page.tsx';
import { SendLine } from './send-line.tsx';
import { Terminals } from './terminals.tsx';

/** Where OpenWrt is after its first start. */
const FIRST_ADDRESS = '192.168.1.1';

const lanCommand = () => <code>./run --lan</code>;
const uninstallCommand = () => <code>netpilot-agent uninstall</code>;

/** Leads somebody who has never used a terminal from an OpenWrt router to a linked one. */
export function LinkDialog({
  onClose,
  onReplace,
}: {
  onClose: () => void;
  /** The router that was linked is to replace another one: their ids. */
  onReplace: (id: string, old: string) => void;
}) {
  const t = useTranslations('routers');
  const { mutate, ...code } = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/pairing-codes')),
  });
  useEffect(() => mutate(), [mutate]);
  if (isSignInTooOld(code.error))
    return (
      <SignInAgain
        signInUrl={code.error.signInUrl}
        act="linkRouter"
        onRetry={() => mutate()}
        onClose={onClose}
      />
    );
  return (
    <Dialog title={t('linkTitle')} onClose={onClose}>
      {code.isError && <ProblemNotice error={code.error} onRetry={() => mutate()} />}
      {(code.isPending || code.isIdle) && <Skeleton height={480} />}
      {code.isSuccess &&
        (code.data.is_loopback ? (
          <OnlyHere />
        ) : (
          <Steps code={code.data} onAgain={() => mutate()} onReplace={onReplace} />
        ))}
    </Dialog>
  );
}

/** In place of a line that no router could use. */
function OnlyHere() {
  const t = useTranslations('routers.onlyHere');
  return (
    <Notice icon={MonitorX} title={t('title')}>
      {t.rich('text', { command: lanCommand })}
    </Notice>
  );
}

function Steps({
  code,
  onAgain,
  onReplace,
}: {
  code: PairingCode;
  onAgain: () => void;
  onReplace: (id: string, old: string) => void;
}) {
  const t = useTranslations('routers');
  const [address, setAddress] = useState(FIRST_ADDRESS);
  const [isOldCleaned, setOldCleaned] = useState(false);
  const router = address.trim() || FIRST_ADDRESS;
  const line = `${code.install_line}${isOldCleaned ? ' --clean-old' : ''}`;
  return (
    <>
      <ol className="routers__guide">
        <li>
          <h3>{t('guide.system')}</h3>
          <p>{t('guide.needs')}</p>
          <Field
            label={t('guide.address')}
            description={t('guide.addressHint')}
            value={address}
            maxLength={100}
            spellCheck="false"
            onChange={setAddress}
          />
          <p>
            {t.rich('guide.check', {
              page: linkToRouter(router),
            })}
          </p>
        </li>
        <li>
          <h3>{t('guide.terminal')}</h3>
          <Terminals router={router} />
        </li>
        <li>
          <h3>{t('guide.line')}</h3>
          <Copyable text={line} label={t('copy')} />
          <SendLine line={line} router={router} />
          <label className="routers__option">
            <input
              type="checkbox"
              checked={isOldCleaned}
              onChange={({ target }) => setOldCleaned(target.checked)}
            />
            {t('cleanOld')}
          </label>
          <p className="quiet">
            {t('codeIs')} <code>{code.code}</code>. {t('worksUntil')}{' '}
            <DateTime moment={code.expires_at} />.
          </p>
          {location.protocol === 'http:' && <p className="quiet">{t('guide.plain')}</p>}
        </li>
        <li>
          <h3>{t('guide.watch')}</h3>
          <LinkProgress key={code.id} code={code} onAgain={onAgain} onReplace={onReplace} />
        </li>
      </ol>
      <Changes />
      <HelpLink topic="first-evening" />
    </>
  );
}

const CHANGES = ['program', 'settings', 'rules', 'nothingElse'] as const;

function Changes() {
  const t = useTranslations('routers.changes');
  return (
    <details className="routers__changes">
      <summary>{t('title')}</summary>
      <ul>
        {CHANGES.map((change) => (
          <li key={change}>{t(change)}</li>
        ))}
      </ul>
      <p>{t.rich('undo', { command: uninstallCommand })}</p>
    </details>
  );
}
