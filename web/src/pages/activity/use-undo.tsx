import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useNow, useTranslations } from 'use-intl';
import { useGuarded } from '../../access/use-guarded.tsx';
import type { AuditEntry } from '../../api/queries.ts';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { isLive } from '../../live/event-stream.ts';
import type { Sentence } from './fold.ts';
import { useSentence } from './sentence-text.tsx';
import { type Undo, undosOf } from './undo.ts';
import { ChangedSinceError, writeUndo } from './write-undo.ts';

type Asked = { undo: Undo; sentence: Sentence };

/**
 * What can be undone of these entries: a function for each sentence that says exactly one, to be called by its button. The
 * caller renders `dialog`, which asks before the device in use is cut off.
 */
export function useUndo(entries: readonly AuditEntry[]): {
  undoOf: (sentence: Sentence) => (() => void) | undefined;
  dialog: ReactNode;
} {
  const t = useTranslations('activity');
  const queryClient = useQueryClient();
  const sentenceText = useSentence();
  const { canChange } = useRights();
  const now = useNow().getTime();
  const undos = useMemo(() => undosOf(entries, now), [entries, now]);
  const { run, isPending, dialog } = useGuarded(
    async ({ undo }: Asked, confirm) => {
      try {
        await writeUndo(undo, confirm);
        return 'undone' as const;
      } catch (error) {
        if (!(error instanceof ChangedSinceError)) throw error;
        return error.isGone ? ('gone' as const) : ('changedSince' as const);
      }
    },
    async (outcome, { sentence }) => {
      const what = sentenceText(sentence);
      showToast({
        id: `undo ${sentence.id}`,
        ...(outcome === 'undone'
          ? { text: t('undone', { what }), state: 'done' }
          : { text: t(outcome), tone: 'failure' }),
      });
      await refresh(queryClient);
    },
  );
  return {
    undoOf: (sentence) => {
      const undo = sentence.count === 1 ? undos.get(sentence.id) : undefined;
      if (undo === undefined || !canChange) return undefined;
      return () => {
        if (!isPending) run({ undo, sentence });
      };
    },
    dialog,
  };
}

/** While the event stream is open, all of this comes by itself. */
async function refresh(queryClient: QueryClient): Promise<void> {
  await queryClient.invalidateQueries(isLive() ? { queryKey: ['audit'] } : undefined);
}
