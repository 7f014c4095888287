import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Channel, channelsQuery } from '../../api/alert-queries.ts';
import { api, unwrap } from '../../api/client.ts';
import type { Home } from '../../api/home-queries.ts';
import { Dialog } from '../../design/dialog.tsx';
import { useProblemText } from '../../design/problem.ts';
import { type Choices, ChoicesFields, messageLanguage } from './choices.tsx';
import { wantedOf } from './kinds.ts';

/** What a channel is called, what comes there, and in which language. */
export function ChangeChannel({
  home,
  channel,
  onClose,
}: {
  home: Home;
  channel: Channel;
  onClose: () => void;
}) {
  const t = useTranslations();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const [choices, setChoices] = useState<Choices>({
    name: channel.name,
    wanted: wantedOf(channel, home.role),
    language: messageLanguage(channel.language),
  });
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH('/api/v1/homes/{home_id}/alert-channels/{id}', {
          params: { path: { home_id: home.id, id: channel.id } },
          body: { ...choices, name: choices.name.trim(), wanted: [...choices.wanted] },
        }),
      ),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries(channelsQuery(home.id)),
  });
  return (
    <Dialog
      title={t('alerts.changeOne', { name: channel.name })}
      onClose={onClose}
      confirm={{
        text: t('action.save'),
        variant: 'primary',
        isDisabled: choices.name.trim() === '' || save.isPending,
        onClick: () => save.mutate(),
      }}
    >
      <ChoicesFields role={home.role} choices={choices} onChange={setChoices} />
      {save.isError && (
        <p role="alert" className="field__error">
          {problemText(save.error)}
        </p>
      )}
    </Dialog>
  );
}
