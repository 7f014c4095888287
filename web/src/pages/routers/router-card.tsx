import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Router as RouterIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, ask, tell } from '../../api/client.ts';
import { type Router, dialQuery, policyQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { useProblemText } from '../../design/problem-text.ts';
import { Ago } from '../../design/time.tsx';
import { showToast } from '../../design/toast.ts';
import { RouterState, usePendingReason } from './state.tsx';

/** Why a call to a router may not come about; the texts say each. */
const PROBLEMS = [
  'no-address',
  'not-allowed',
  'unreachable',
  'other-host-key',
  'key-refused',
  'key-sealed',
] as const;

/** One router: how it is, what it is called, and the way to let it go. */
export function RouterCard({ router }: { router: Router }) {
  const t = useTranslations();
  const policy = useQuery(policyQuery(router.router_id));
  const dial = useQuery(dialQuery(router.router_id));
  const reason = usePendingReason(router.router_id);
  const problem = PROBLEMS.find((known) => known === dial.data?.problem);
  const [asked, setAsked] = useState<'rename' | 'unlink' | 'delete'>();
  const name = router.router_name ?? router.router_id;
  const close = () => setAsked(undefined);
  return (
    <section className="card" aria-label={name}>
      <div className="routers__heading">
        <RouterIcon aria-hidden className="icon" />
        <h2 className="name">{name}</h2>
        <RouterState router={router} />
      </div>
      <dl className="facts">
        <Fact name={t('routers.id')}>
          <span className="mono name">{router.router_id}</span>
        </Fact>
        <Fact name={t('routers.lastSeen')}>
          {router.last_seen === null ? t('state.never') : <Ago moment={router.last_seen} />}
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
      </dl>
      {reason !== undefined && <p className="quiet">{reason}</p>}
      {problem !== undefined && <p className="quiet">{t(`routers.problems.${problem}`)}</p>}
      <div className="dialog__actions">
        <Button look="quiet" onClick={() => setAsked('rename')}>
          {t('routers.rename')}
        </Button>
        {router.is_active ? (
          <Button look="quiet" onClick={() => setAsked('unlink')}>
            {t('routers.unlink')}
          </Button>
        ) : (
          <Button look="quiet" onClick={() => setAsked('delete')}>
            {t('routers.delete')}
          </Button>
        )}
      </div>
      {asked === 'rename' && <RenameDialog router={router} onClose={close} />}
      {asked !== undefined && asked !== 'rename' && (
        <FarewellDialog router={router} how={asked} onClose={close} />
      )}
    </section>
  );
}

/** For the text, which leaves `none` out. */
function placeOf({ host, port }: { host: string | null; port: number | null }): string {
  if (host === null || port === null) return 'none';
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function RenameDialog({ router, onClose }: { router: Router; onClose: () => void }) {
  const t = useTranslations();
  const queryClient = useQueryClient();
  const [name, setName] = useState(router.router_name ?? '');
  const rename = useMutation({
    mutationFn: () =>
      ask(
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
      title={t('routers.renameTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={rename.isPending} onClick={() => rename.mutate()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <Field
        label={t('routers.name')}
        description={t('routers.nameHint')}
        value={name}
        maxLength={255}
        onChange={setName}
        error={rename.error?.message}
      />
    </Dialog>
  );
}

function FarewellDialog({
  router,
  how,
  onClose,
}: {
  router: Router;
  how: 'unlink' | 'delete';
  onClose: () => void;
}) {
  const t = useTranslations();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const name = router.router_name ?? router.router_id;
  const params = { path: { router_id: router.router_id } };
  const go = useMutation({
    mutationFn: () =>
      tell(
        how === 'unlink'
          ? api.POST('/api/v1/routers/{router_id}/unlink', { params })
          : api.DELETE('/api/v1/routers/{router_id}', { params }),
      ),
    onSuccess: () => {
      showToast({ text: t(`routers.${how}Done`, { name }) });
      onClose();
    },
    onError: (error) => showToast({ text: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <Dialog
      role="alertdialog"
      title={t(`routers.${how}Title`, { name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="danger" disabled={go.isPending} onClick={() => go.mutate()}>
            {t(`routers.${how}`)}
          </Button>
        </>
      }
    >
      <p>{t(`routers.${how}Text`)}</p>
    </Dialog>
  );
}
