import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { describeUserAgent } from '../../../../src/describe-user-agent.ts';
import { channelsQuery } from '../../api/alert-queries.ts';
import { ApiProblem, api, unwrap } from '../../api/client.ts';
import type { Home } from '../../api/home-queries.ts';
import { meQuery } from '../../api/queries.ts';
import { Dialog } from '../../design/dialog.tsx';
import { useProblemText } from '../../design/problem.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { keepChannel, subscribe } from '../../push/subscription.ts';
import { pageLanguage } from '../../texts/page-language.ts';
import { type Choices, ChoicesFields, messageLanguage } from './choices.tsx';
import {
  type Entered,
  type Kind,
  isComplete,
  isTarget,
  randomTopic,
  settingsOf,
} from './fields.ts';
import { defaultKinds } from './kinds.ts';
import { useAlertProblem } from './problem.ts';
import { TargetFields } from './target-fields.tsx';
import { BrowserHowTo, isBrowserReady, ownPushQuery, usePushProblem } from './this-browser.tsx';

export type NewChannel = Awaited<ReturnType<typeof createChannel>>;

/** Asks the browser first, if it is one. */
async function createChannel(
  home_id: string,
  kind: Kind,
  { entered, choices, pushKey }: { entered: Entered; choices: Choices; pushKey: string },
) {
  const subscription = kind === 'web_push' ? await subscribe(pushKey) : undefined;
  const settings: object = isTarget(kind) ? settingsOf(kind, entered) : (subscription ?? {});
  const channel = await unwrap(
    api.POST('/api/v1/homes/{home_id}/alert-channels', {
      params: { path: { home_id } },
      body: {
        kind,
        settings: { ...settings },
        ...choices,
        name: choices.name.trim(),
        wanted: [...choices.wanted],
      },
    }),
  );
  if (subscription !== undefined)
    await keepChannel(pushKey, subscription, { home: home_id, id: channel.id });
  return channel;
}

/** What a kind of channel needs, with how one gets it, and what comes there. */
export function NewChannelForm({
  home,
  kind,
  pushKey,
  onAdded,
  onClose,
}: {
  home: Home;
  kind: Kind;
  /** The server's, for this browser. */
  pushKey: string;
  onAdded: (channel: NewChannel) => void;
  onClose: () => void;
}) {
  const t = useTranslations('alerts');
  const me = useQuery(meQuery);
  const queryClient = useQueryClient();
  const [entered, setEntered] = useState<Entered>(() =>
    kind === 'ntfy' ? { topic: randomTopic() } : {},
  );
  const [choices, setChoices] = useState<Choices>(() => ({
    name: kind === 'web_push' ? describeUserAgent(navigator.userAgent) : t(`kindNames.${kind}`),
    wanted: defaultKinds(home.role, kind),
    language: messageLanguage(pageLanguage()),
  }));
  const isReady = isTarget(kind) ? isComplete(kind, entered) : kind === 'email' || isBrowserReady();
  const add = useMutation({
    mutationFn: () => createChannel(home.id, kind, { entered, choices, pushKey }),
    onSuccess: onAdded,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(channelsQuery(home.id)),
        queryClient.invalidateQueries(ownPushQuery),
      ]),
  });
  if (isSignInTooOld(add.error))
    return (
      <SignInAgain
        signInUrl={add.error.signInUrl}
        act="addChannel"
        details={kind}
        onRetry={() => add.mutate()}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={t(`kindNames.${kind}`)}
      onClose={onClose}
      confirm={{
        text: t(kind === 'web_push' ? 'allow' : 'add'),
        variant: 'primary',
        isDisabled: choices.name.trim() === '' || add.isPending || !isReady,
        onClick: () => add.mutate(),
      }}
    >
      {kind === 'web_push' ? (
        <BrowserHowTo />
      ) : (
        <p>{t(`howTo.${kind}`, { email: me.data?.email ?? '' })}</p>
      )}
      {isTarget(kind) && (
        <TargetFields
          kind={kind}
          entered={entered}
          wrong={wrongField(add.error)}
          onChange={setEntered}
        />
      )}
      {(kind !== 'web_push' || isBrowserReady()) && (
        <ChoicesFields role={home.role} choices={choices} onChange={setChoices} />
      )}
      <Refusal error={add.error} />
    </Dialog>
  );
}

/** Why it was not added, unless a field says so. */
function Refusal({ error }: { error: Error | null }) {
  const problemText = useProblemText();
  const problemOf = useAlertProblem();
  const pushProblem = usePushProblem();
  if (error === null || wrongField(error) !== undefined) return undefined;
  return (
    <p role="alert" className="field__error">
      {pushProblem(error) ?? problemOf(problemText(error))}
    </p>
  );
}

/** The field that the server does not accept. */
function wrongField(error: Error | null): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.fields.map(({ field }) => /^settings\.(\w+)/.exec(field)?.[1]).find(Boolean);
}
