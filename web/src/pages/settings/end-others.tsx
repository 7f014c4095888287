import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, expectOk } from '../../api/client.ts';
import { tokensQuery } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';

const TOKENS = ['end', 'keep'] as const;

/** Asks whether API tokens end with all other sessions: somebody signed in elsewhere can have created some. */
export function EndOthers({ onClose }: { onClose: () => void }) {
  const t = useTranslations('settings');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const count = useQuery(tokensQuery).data?.length ?? 0;
  const [tokens, setTokens] = useState<(typeof TOKENS)[number]>('end');
  const end = useMutation({
    mutationFn: () =>
      expectOk(api.POST('/api/v1/sessions/end-others', { params: { query: { tokens } } })),
    onSuccess: () => {
      showToast({ text: t('ended') });
      onClose();
    },
    onError,
    onSettled: () =>
      Promise.all(
        ['sessions', 'tokens'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      ),
  });
  return (
    <Dialog
      title={t('endOthersTitle')}
      onClose={onClose}
      confirm={{
        text: t('endThem'),
        variant: 'danger',
        isDisabled: end.isPending,
        onClick: () => end.mutate(),
      }}
    >
      <p>{t('endOthersText')}</p>
      {count > 0 && (
        <>
          <Choice
            label={t('tokensToo', { count })}
            options={TOKENS.map((value) => ({ value, text: t(`tokensChoice.${value}`) }))}
            value={tokens}
            onChange={setTokens}
          />
          <p className="quiet">{t('tokensWhy')}</p>
        </>
      )}
    </Dialog>
  );
}
