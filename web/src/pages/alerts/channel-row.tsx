import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Channel, type Channels, channelsQuery } from '../../api/alert-queries.ts';
import { api, expectOk, unwrap } from '../../api/client.ts';
import { type Home } from '../../api/home-queries.ts';
import { meQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { RelativeTime } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';
import { ChangeChannel } from './change-channel.tsx';
import { kindOf } from './fields.ts';
import { KindIcon } from './kind-icon.tsx';
import { amountOf, kindsFor, wantedOf } from './kinds.ts';
import { useAlertProblem } from './problem.ts';
import { ownPushQuery } from './this-browser.tsx';
import { useTest } from './use-test.tsx';

/** A channel: what it is, how it is, a test, and what can be done with it. */
export function ChannelRow({ home, channel }: { home: Home; channel: Channel }) {
  const t = useTranslations('alerts');
  const problemOf = useAlertProblem();
  const test = useTest(home.id, channel);
  const [asked, setAsked] = useState<'change' | 'remove'>();
  const { setEnabled, remove } = useActions(home.id, channel);
  const { name, is_enabled, problem } = channel;
  return (
    <li>
      <KindIcon kind={channel.kind} />
      <span className="rows__main">
        <span className="name">{name}</span>
        <Where channel={channel} />
        <What home={home} channel={channel} />
      </span>
      <span className={is_enabled ? 'badge badge--good' : 'badge'}>
        {t(is_enabled ? 'on' : 'off')}
      </span>
      <span className="alerts__acts">
        <Button
          aria-label={t('testOne', { name })}
          disabled={test.isRunning}
          onClick={() => test.send()}
        >
          {t('test')}
        </Button>
        <MenuButton
          label={t('more', { name })}
          variant="quiet"
          hasArrow={false}
          items={[
            { id: 'change', text: t('change'), onChoose: () => setAsked('change') },
            {
              id: 'switch',
              text: t(is_enabled ? 'switchOff' : 'switchOn'),
              onChoose: () => setEnabled.mutate(!is_enabled),
            },
            { id: 'remove', text: t('remove'), isDanger: true, onChoose: () => setAsked('remove') },
          ]}
        >
          <Ellipsis aria-hidden />
        </MenuButton>
      </span>
      {problem !== null && (
        <p className="alerts__problem">
          {t(is_enabled ? 'troubled' : 'stopped', { problem: problemOf(problem) })}
        </p>
      )}
      {test.result}
      {asked === 'change' && (
        <ChangeChannel home={home} channel={channel} onClose={() => setAsked(undefined)} />
      )}
      {asked === 'remove' && (
        <Dialog
          title={t('removeTitle', { name })}
          onClose={() => setAsked(undefined)}
          confirm={{
            text: t('removeConfirm'),
            variant: 'danger',
            isDisabled: remove.isPending,
            onClick: () => remove.mutate(),
          }}
        >
          <p>{t('removeText')}</p>
        </Dialog>
      )}
    </li>
  );
}

/** Its kind, and what of its target may be shown. */
function Where({ channel: { id, kind, name, settings } }: { channel: Channel }) {
  const t = useTranslations('alerts');
  const own = useQuery(ownPushQuery);
  const me = useQuery(meQuery);
  const known = kindOf(kind);
  const isOther = known === 'web_push' && own.data?.some((one) => one.id === id) !== true;
  const kindName = t(`kindNames.${isOther ? 'browser' : (known ?? 'other')}`);
  // Where a browser's messages go through says nothing to anybody.
  const target =
    known === 'email' ? me.data?.email : known === 'web_push' ? undefined : targetOf(settings);
  const parts = [
    kindName === name ? undefined : kindName,
    target === undefined ? undefined : t('to', { target }),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return <span className="quiet">{parts.join(' · ')}</span>;
}

/** The part of a channel's settings that is shown, if there is one. */
function targetOf(settings: unknown): string | undefined {
  const shown = Object.values(Object(settings)).find((value) => typeof value === 'string');
  return typeof shown === 'string' ? shown : undefined;
}

/** How much comes there, and when something did. */
function What({ home, channel }: { home: Home; channel: Channel }) {
  const t = useTranslations('alerts');
  const all = kindsFor(home.role).length;
  const count = wantedOf(channel, home.role).length;
  const { verified_at } = channel;
  return (
    <>
      {all > 0 && (
        <span className="quiet">
          {t(`amounts.${amountOf(channel, home.role)}`, { count, all })}
        </span>
      )}
      <span className="quiet">
        {verified_at === null ? (
          t('never')
        ) : (
          <>
            {t('arrived')} <RelativeTime moment={verified_at} />
          </>
        )}
      </span>
    </>
  );
}

function useActions(homeId: string, { id, name }: Channel) {
  const t = useTranslations('alerts');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const path = { home_id: homeId, id };
  const query = channelsQuery(homeId);
  const setEnabled = useMutation({
    mutationFn: (is_enabled: boolean) =>
      unwrap(
        api.PATCH('/api/v1/homes/{home_id}/alert-channels/{id}', {
          params: { path },
          body: { is_enabled },
        }),
      ),
    onSuccess: (changed) => {
      queryClient.setQueryData(query.queryKey, (list) => list && withChannel(list, changed));
      showToast({ text: t(changed.is_enabled ? 'switchedOn' : 'switchedOff', { name }) });
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () =>
      expectOk(api.DELETE('/api/v1/homes/{home_id}/alert-channels/{id}', { params: { path } })),
    onSuccess: () => showToast({ text: t('removed') }),
    onError,
    onSettled: () => queryClient.invalidateQueries(query),
  });
  return { setEnabled, remove };
}

/** The list with a channel in its place. */
function withChannel(list: Channels, changed: Channel): Channels {
  return { ...list, items: list.items.map((one) => (one.id === changed.id ? changed : one)) };
}
