import { useMutation, useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Channels } from '../../api/alert-queries.ts';
import { api, unwrap } from '../../api/client.ts';
import type { Home } from '../../api/home-queries.ts';
import { Dialog } from '../../design/dialog.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld, signInTooOld } from '../../design/sign-in-too-old.ts';
import { KINDS, type Kind } from './fields.ts';
import { KindIcon } from './kind-icon.tsx';
import { type NewChannel, NewChannelForm } from './new-channel-form.tsx';
import { ownPushQuery } from './this-browser.tsx';
import { TryChannel } from './try-channel.tsx';

/** Adds a channel: of which kind, what it needs, and whether it works. */
export function AddChannel({
  home,
  channels,
  first,
  onClose,
}: {
  home: Home;
  channels: Channels;
  /** The kind that was chosen before the person signed in again. */
  first: Kind | undefined;
  onClose: () => void;
}) {
  const onError = useProblemToast();
  const [kind, setKind] = useState(first);
  const [added, setAdded] = useState<NewChannel>();
  // Before anything is typed: it would be gone if the person had to sign in again after that.
  const choose = useMutation({
    mutationFn: async (chosen: Kind) => {
      const { items, sign_in_url } = await unwrap(api.GET('/api/v1/sessions'));
      if (!items.some((session) => session.is_current && session.is_fresh))
        throw signInTooOld(sign_in_url);
      return chosen;
    },
    onSuccess: setKind,
    onError,
  });
  if (added !== undefined) return <TryChannel home={home} channel={added} onClose={onClose} />;
  if (isSignInTooOld(choose.error))
    return (
      <SignInAgain
        signInUrl={choose.error.signInUrl}
        act="addChannel"
        details={choose.variables ?? ''}
        onRetry={() => choose.variables !== undefined && choose.mutate(choose.variables)}
        onClose={onClose}
      />
    );
  if (kind === undefined)
    return <ChooseKind channels={channels} onChoose={choose.mutate} onClose={onClose} />;
  return (
    <NewChannelForm
      home={home}
      kind={kind}
      pushKey={channels.web_push_key}
      onAdded={setAdded}
      onClose={onClose}
    />
  );
}

function ChooseKind({
  channels: { items, has_email },
  onChoose,
  onClose,
}: {
  channels: Channels;
  onChoose: (kind: Kind) => void;
  onClose: () => void;
}) {
  const t = useTranslations('alerts');
  const own = useQuery(ownPushQuery).data ?? [];
  const isHere = items.some(({ id }) => own.some((one) => one.id === id));
  // What cannot be added says why.
  const missing = {
    email: has_email ? undefined : t('noMail'),
    web_push: isHere ? t('isHere') : undefined,
  };
  return (
    <Dialog title={t('addTitle')} onClose={onClose}>
      <ul className="alerts__choices">
        {KINDS.map((kind) => {
          const why = kind === 'email' || kind === 'web_push' ? missing[kind] : undefined;
          return (
            <li key={kind}>
              <button
                type="button"
                className="alerts__choice"
                disabled={why !== undefined}
                onClick={() => onChoose(kind)}
              >
                <KindIcon kind={kind} />
                <span className="rows__main">
                  <span>{t(`kindNames.${kind}`)}</span>
                  <span className="quiet">{why ?? t(`kindHints.${kind}`)}</span>
                </span>
                {why === undefined && <ChevronRight aria-hidden className="icon alerts__arrow" />}
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
