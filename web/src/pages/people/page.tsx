import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { type Home, homesQuery, peopleQuery, rulesQuery } from '../../api/home-queries.ts';
import { devicesQuery, routersQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Empty } from '../../design/drawing.tsx';
import { Field } from '../../design/field.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useRights, useShownHomes } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';
import { Board } from './board.tsx';
import './page.css';

/** The people of the homes that are shown: what holds for each, and their pauses. */
export function PeoplePage() {
  const t = useTranslations('people');
  const people = useQuery(peopleQuery);
  const homes = useQuery(homesQuery);
  const devices = useQuery(devicesQuery);
  const routers = useQuery(routersQuery);
  const rules = useQuery(rulesQuery);
  // Together: what comes later would shift what is below it.
  const queries = [people, homes, devices, routers, rules];
  const isHere = people.isSuccess && queries.every(({ isSuccess }) => isSuccess);
  const shown = useShownHomes();
  const { canChange } = useRights();
  const [isAdding, setAdding] = useState(false);
  const add = canChange && (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <div className="page">
      <header className="page__heading">
        <h1>{t('title')}</h1>
        {people.isSuccess && people.data.length > 0 && add}
      </header>
      <QueryProblem queries={queries} />
      {queries.some(({ isPending }) => isPending) && <Skeleton height={320} />}
      {isHere && people.data.length === 0 && (
        <Empty drawing="people" title={t('none')} action={add}>
          {t('noneHint')}
        </Empty>
      )}
      {(isHere ? shown : []).map((home) => {
        const own = (people.data ?? []).filter(({ home_id }) => home_id === home.id);
        return (
          own.length > 0 && (
            <section key={home.id} className="page" aria-label={home.name}>
              {shown.length > 1 && (
                <h2>
                  <bdi>{home.name}</bdi>
                </h2>
              )}
              <Board home={home} people={own} />
            </section>
          )
        );
      })}
      <ZoneNote />
      {isAdding && shown[0] && (
        <AddPerson homes={shown} first={shown[0]} onClose={() => setAdding(false)} />
      )}
    </div>
  );
}

/** Asks for the name of a new person, and opens their page. */
function AddPerson({
  homes,
  first,
  onClose,
}: {
  homes: readonly Home[];
  first: Home;
  onClose: () => void;
}) {
  const t = useTranslations('people');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [homeId, setHomeId] = useState(first.id);
  const add = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/homes/{home_id}/people', {
          params: { path: { home_id: homeId } },
          body: { name: name.trim() },
        }),
      ),
    onSuccess: async ({ id }) => {
      await Promise.all(
        [homesQuery, peopleQuery].map(({ queryKey }) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      );
      onClose();
      void navigate({ to: '/people/$id', params: { id } });
    },
  });
  return (
    <Dialog
      title={t('add')}
      onClose={onClose}
      confirm={{
        text: t('add'),
        variant: 'primary',
        isDisabled: name.trim() === '' || add.isPending,
        onClick: () => add.mutate(),
      }}
    >
      <Field
        label={t('name')}
        value={name}
        maxLength={255}
        onChange={setName}
        error={add.error?.message}
        // The person has just asked for it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      {homes.length > 1 && (
        <Choice
          label={t('home')}
          options={homes.map(({ id, name: text }) => ({ value: id, text }))}
          value={homeId}
          onChange={setHomeId}
        />
      )}
    </Dialog>
  );
}
