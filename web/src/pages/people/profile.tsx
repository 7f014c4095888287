import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../access/avatar.tsx';
import type { Person } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Account } from './account.tsx';
import { usePersonActions } from './actions.ts';
import { ColourChoice } from './colour-choice.tsx';

/** Name, colour and picture of a person; and the end of it. */
export function Profile({ person }: { person: Person }) {
  const t = useTranslations('people');
  const navigate = useNavigate();
  const { change, remove } = usePersonActions(person);
  const [name, setName] = useState(person.name);
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="card">
      <h2>{t('profile')}</h2>
      <Field label={t('name')} value={name} maxLength={255} onChange={setName} />
      <ColourChoice value={person.colour} onChange={(colour) => change.mutate({ colour })} />
      <Picture person={person} />
      <Account person={person} />
      <div className="dialog__actions">
        <Button onClick={() => setAsking(true)}>{t('delete')}</Button>
        <Button
          variant="primary"
          disabled={name.trim() === '' || name.trim() === person.name || change.isPending}
          onClick={() => change.mutate({ name: name.trim() })}
        >
          {t('save')}
        </Button>
      </div>
      {isAsking && (
        <Dialog
          title={t('deleteTitle', { name: person.name })}
          onClose={() => setAsking(false)}
          confirm={{
            text: t('delete'),
            variant: 'danger',
            isDisabled: remove.isPending,
            onClick: () =>
              remove.mutate(undefined, { onSuccess: () => void navigate({ to: '/people' }) }),
          }}
        >
          <p>{t('deleteText', { name: person.name })}</p>
        </Dialog>
      )}
    </section>
  );
}

function Picture({ person }: { person: Person }) {
  const t = useTranslations('people');
  const { setPicture } = usePersonActions(person);
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="people__picture" role="group" aria-label={t('picture')}>
      <Avatar person={person} />
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={t('choosePicture')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) setPicture.mutate(file);
          target.value = '';
        }}
      />
      <Button disabled={setPicture.isPending} onClick={() => input.current?.click()}>
        {t('choosePicture')}
      </Button>
      {person.has_picture && (
        <Button
          variant="quiet"
          disabled={setPicture.isPending}
          onClick={() => setPicture.mutate(undefined)}
        >
          {t('removePicture')}
        </Button>
      )}
    </div>
  );
}
