import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { Colour } from '../../../../src/homes/colours.ts';
import { refreshRules } from '../../access/rule-writes.ts';
import { api, expectOk, unwrap } from '../../api/client.ts';
import { type Person, peopleQuery } from '../../api/home-queries.ts';
import { useProblemToast } from '../../design/problem.ts';
import { showToast } from '../../design/toast.ts';

/** As large as a picture may be. */
const LARGEST_PICTURE = 256 * 1024;

/** What a page does with a person; each refreshes the people, and shows why if it is refused. */
export function usePersonActions({ home_id, id, name }: Pick<Person, 'home_id' | 'id' | 'name'>) {
  const t = useTranslations('people');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const params = { path: { home_id, id } };
  const refresh = () => queryClient.invalidateQueries(peopleQuery);
  const change = useMutation({
    mutationFn: (body: { name?: string; colour?: Colour }) =>
      unwrap(api.PATCH('/api/v1/homes/{home_id}/people/{id}', { params, body })),
    onSuccess: () => showToast({ text: t('saved') }),
    onError,
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => expectOk(api.DELETE('/api/v1/homes/{home_id}/people/{id}', { params })),
    onSuccess: () => showToast({ text: t('deleted', { name }) }),
    onError,
    onSettled: () => refreshRules(queryClient),
  });
  const setPicture = useMutation({
    mutationFn: async (file: File | undefined) => {
      const path = `/api/v1/homes/${home_id}/people/${id}/picture`;
      if (file !== undefined && file.size > LARGEST_PICTURE) throw new Error(t('pictureTooLarge'));
      // The typed client writes JSON only.
      await expectOk(
        fetch(path, file === undefined ? { method: 'DELETE' } : { method: 'PUT', body: file }).then(
          async (response) => ({
            response,
            ...(!response.ok && { error: await response.json() }),
          }),
        ),
      );
    },
    onSuccess: () => showToast({ text: t('saved') }),
    onError,
    onSettled: refresh,
  });
  return { change, remove, setPicture };
}
