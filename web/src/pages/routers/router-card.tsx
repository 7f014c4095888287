import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap, expectOk } from '../../api/client.ts';
import { type Router, dialQuery, policyQuery, routerFactsQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Fact } from '../../design/fact.tsx';
import { Field } from '../../design/field.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useResumedAct } from '../../design/remembered-act.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { Tile } from '../../design/tile.tsx';
import { RelativeTime } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';
import { useRights } from '../../homes/current.ts';
import { AgentUpdate } from './agent-update.tsx';
import { routerLabel } from './choice.tsx';
import { Figures, HealthNow, HealthPast } from './health.tsx';
import { RouterFacts } from './router-facts.tsx';
import { ScanButton } from './scan-button.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';
import { LookAlikes, OldAgent, Refused } from './shortcomings.tsx';
import { RouterState, useDeliveryReason } from './state.tsx';

/** Why NetPilot may fail to connect to a router. */
const PROBLEMS = [
  'no-address',
  'not-allowed',
  'unreachable',
  'other-host-key',
  'key-refused',
  'key-sealed',
] as const;

/** One router: its state, and the ways to rename, unlink and delete it. */
export function RouterCard({ router, others }: { router: Router; others: readonly Router[] }) {
  const t = useTranslations();
  const { canChange, isOwner } = useRights();
  const dial = useQuery(dialQuery(router.router_id));
  const reason = useDeliveryReason(router.router_id);
  const problem = PROBLEMS.find((known) => known === dial.data?.problem);
  const [asked, setAsked] = useState<'rename' | 'replace' | 'unlink' | 'delete'>();
  const name = routerLabel(router);
  const removal = router.is_active ? 'unlink' : 'delete';
  const close = () => setAsked(undefined);
  useResumedAct(
    'removeRouter',
    () => setAsked(removal),
    (id) => id === router.router_id,
  );
  return (
    <section className="card" aria-label={name}>
      <div className="routers__heading">
        <Tile kind="router" />
        <div className="routers__name">
          <h2 className="name">{name}</h2>
          <WhatItIs router={router} />
        </div>
        <RouterState router={router} />
      </div>
      <HealthNow router={router} />
      {router.is_active && <Figures router={router} />}
      {reason !== undefined && <p className="quiet">{reason}</p>}
      {problem !== undefined && <p className="quiet">{t(`routers.problems.${problem}`)}</p>}
      <Refused routerId={router.router_id} />
      <LookAlikes router={router} />
      <Clock router={router} />
      {router.is_active && <HealthPast router={router} />}
      <AgentUpdate router={router} />
      <OldAgent router={router} />
      <details className="routers__technical">
        <summary>{t('routers.technical')}</summary>
        <Connection router={router} />
      </details>
      <div className="dialog__actions">
        {canChange && router.is_active && <ScanButton router={router} />}
        {canChange && (
          <Button variant="quiet" onClick={() => setAsked('rename')}>
            {t('routers.rename')}
          </Button>
        )}
        {isOwner && router.is_active && others.length > 0 && (
          <Button variant="quiet" onClick={() => setAsked('replace')}>
            {t('routers.replace.button')}
          </Button>
        )}
        {isOwner && (
          <Button variant="quiet" onClick={() => setAsked(removal)}>
            {t(`routers.${removal}`)}
          </Button>
        )}
      </div>
      {asked === 'rename' && <RenameDialog router={router} onClose={close} />}
      {asked === 'replace' && <ReplaceDialog router={router} others={others} onClose={close} />}
      {(asked === 'unlink' || asked === 'delete') && (
        <RemoveDialog router={router} how={asked} onClose={close} />
      )}
    </section>
  );
}

/** Its model and software, as far as it says so. */
function WhatItIs({ router }: { router: Router }) {
  const isTold = router.agent_features?.includes('router') === true;
  const { data } = useQuery({ ...routerFactsQuery(router.router_id), enabled: isTold });
  const words = [data?.model, data?.release].filter((word) => typeof word === 'string');
  if (words.length === 0) return null;
  return <p className="quiet name">{words.join(' · ')}</p>;
}

/** Whether a router knows the time: told only if it does not. */
function Clock({ router }: { router: Router }) {
  const t = useTranslations('routers');
  const clock = CLOCKS.find((known) => known === router.clock);
  if (clock === undefined || clock === 'trusted') return null;
  return (
    <p role="note">
      {t('clock')}: {t(`clocks.${clock}`)}
    </p>
  );
}

/** Whether a router knows the time. */
const CLOCKS = ['trusted', 'held', 'repeated'] as const;

/** Who it is, how it is reached, and what it says of itself. */
function Connection({ router }: { router: Router }) {
  const t = useTranslations();
  const policy = useQuery(policyQuery(router.router_id));
  const dial = useQuery(dialQuery(router.router_id));
  const isTimed = router.clock === 'trusted';
  return (
    <dl className="facts">
      <Fact name={t('routers.id')}>
        <span className="mono name">{router.router_id}</span>
      </Fact>
      <Fact name={t('routers.lastSeen')}>
        <LastSeen {...router} />
      </Fact>
      <Fact name={t('routers.lastScan')}>
        {router.scanned_at === null ? (
          t('state.never')
        ) : (
          <RelativeTime moment={router.scanned_at} />
        )}
      </Fact>
      <Fact name={t('routers.reached')}>
        {dial.isSuccess &&
          (dial.data === null
            ? t('routers.dialsIn')
            : t('routers.isDialled', { place: placeOf(dial.data) }))}
      </Fact>
      <Fact name={t('routers.agent')}>{router.agent_version ?? t('state.unknown')}</Fact>
      <Fact name={t('routers.revision')}>
        {policy.data
          ? t('routers.revisions', {
              applied: policy.data.applied_revision,
              wanted: policy.data.policy_revision,
            })
          : ''}
      </Fact>
      {isTimed && <Fact name={t('routers.clock')}>{t('routers.clocks.trusted')}</Fact>}
      <RouterFacts router={router} />
    </dl>
  );
}

/** The text leaves `none` out. */
function placeOf({ host, port }: { host: string | null; port: number | null }): string {
  if (host === null || port === null) return 'none';
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function RenameDialog({ router, onClose }: { router: Router; onClose: () => void }) {
  const t = useTranslations('routers');
  const queryClient = useQueryClient();
  const [name, setName] = useState(router.router_name ?? '');
  const rename = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH('/api/v1/routers/{router_id}', {
          params: { path: { router_id: router.router_id } },
          body: { router_name: name.trim() === '' ? null : name.trim() },
        }),
      ),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['routers'] }),
  });
  return (
    <Dialog
      title={t('renameTitle')}
      onClose={onClose}
      confirm={{
        text: t('rename'),
        variant: 'primary',
        isDisabled: rename.isPending,
        onClick: () => rename.mutate(),
      }}
    >
      <Field
        label={t('name')}
        description={t('nameHint')}
        value={name}
        maxLength={255}
        onChange={setName}
        error={rename.error?.message}
      />
    </Dialog>
  );
}

function RemoveDialog({
  router,
  how,
  onClose,
}: {
  router: Router;
  how: 'unlink' | 'delete';
  onClose: () => void;
}) {
  const t = useTranslations('routers');
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const name = routerLabel(router);
  const params = { path: { router_id: router.router_id } };
  const change = useMutation({
    mutationFn: () =>
      expectOk(
        how === 'unlink'
          ? api.POST('/api/v1/routers/{router_id}/unlink', { params })
          : api.DELETE('/api/v1/routers/{router_id}', { params }),
      ),
    onSuccess: () => {
      showToast({ text: t(`${how}Done`, { name }) });
      onClose();
    },
    onError,
    onSettled: () => queryClient.invalidateQueries(),
  });
  if (isSignInTooOld(change.error))
    return (
      <SignInAgain
        signInUrl={change.error.signInUrl}
        act="removeRouter"
        details={router.router_id}
        onRetry={() => change.mutate()}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={t(`${how}Title`, { name })}
      onClose={onClose}
      confirm={{
        text: t(how),
        variant: 'danger',
        isDisabled: change.isPending,
        onClick: () => change.mutate(),
      }}
    >
      <p>{t(`${how}Text`)}</p>
    </Dialog>
  );
}

/** While it is connected the stored instant is some minutes old: it is written when something changes. */
function LastSeen({ is_connected, last_seen }: Pick<Router, 'is_connected' | 'last_seen'>) {
  const t = useTranslations();
  if (is_connected) return t('state.justNow');
  return last_seen === null ? t('state.never') : <RelativeTime moment={last_seen} />;
}
