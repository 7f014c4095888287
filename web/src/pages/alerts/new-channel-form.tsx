import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { channelsQuery } from '../../api/alert-queries.ts';
import { ApiProblem, api, unwrap } from '../../api/client.ts';
import type { Home } from '../../api/home-queries.ts';
import { meQuery } from '../../api/queries.ts';
import { Dialog } from '../../design/dialog.tsx';
import { useProblemText } from '../../design/problem.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
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

export type NewChannel = Awaited<ReturnType<typeof createChannel>>;

function createChannel(home_id: string, kind: Kind, settings: object, choices: Choices) {
  return unwrap(
    api.POST('/api/v1/homes/{home_id}/alert-channels', {
      params: { path: { home_id } },
      body: { kind, settings: { ...settings }, ...choices, wanted: [...choices.wanted] },
    }),
  );
}

/** What a kind of channel needs, with how one gets it, and what comes there. */
export function NewChannelForm({
  home,
  kind,
  onAdded,
  onClose,
}: {
  home: Home;
  kind: Kind;
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
    name: t(`kindNames.${kind}`),
    wanted: defaultKinds(home.role, kind),
    language: messageLanguage(pageLanguage()),
  }));
  const add = useMutation({
    mutationFn: () =>
      createChannel(home.id, kind, isTarget(kind) ? settingsOf(kind, entered) : {}, {
        ...choices,
        name: choices.name.trim(),
      }),
    onSuccess: onAdded,
    onSettled: () => queryClient.invalidateQueries(channelsQuery(home.id)),
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
        text: t('add'),
        variant: 'primary',
        isDisabled:
          choices.name.trim() === '' ||
          add.isPending ||
          (isTarget(kind) && !isComplete(kind, entered)),
        onClick: () => add.mutate(),
      }}
    >
      {kind !== 'web_push' && <p>{t(`howTo.${kind}`, { email: me.data?.email ?? '' })}</p>}
      {isTarget(kind) && (
        <TargetFields
          kind={kind}
          entered={entered}
          wrong={wrongField(add.error)}
          onChange={setEntered}
        />
      )}
      <ChoicesFields role={home.role} choices={choices} onChange={setChoices} />
      <Refusal error={add.error} />
    </Dialog>
  );
}

/** Why it was not added, unless a field says so. */
function Refusal({ error }: { error: Error | null }) {
  const problemText = useProblemText();
  const problemOf = useAlertProblem();
  if (error === null || wrongField(error) !== undefined) return undefined;
  return (
    <p role="alert" className="field__error">
      {problemOf(problemText(error))}
    </p>
  );
}

/** The field that the server does not accept. */
function wrongField(error: Error | null): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.fields.map(({ field }) => /^settings\.(\w+)/.exec(field)?.[1]).find(Boolean);
}
