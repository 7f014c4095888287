import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslations } from 'use-intl';
import { refreshRules } from '../../access/rule-writes.ts';
import { useHomeOf } from '../../access/text.ts';
import { needsConfirmation } from '../../access/use-guarded.tsx';
import { ApiProblem } from '../../api/client.ts';
import { rulesQuery } from '../../api/home-queries.ts';
import { type Device, policyQuery } from '../../api/queries.ts';
import { useDeliveryToast } from '../../design/delivery-toast.ts';
import { type Plan, type Wish, planAccess } from './access-plan.ts';
import { expectedOf } from './expected.ts';
import { showAtOnce, useRollback } from './actions.ts';
import { nameOf } from './label.ts';
import { Interrupted, type Task, performAll } from './steps.ts';

/** Rarely needed. */
const OwnDeviceDialog = lazy(() => import('./own-device-dialog.tsx'));

/** Without a wish it takes back what was done. */
type Doing = { tasks: readonly Task[]; wish?: Wish | undefined; isConfirmed: boolean };
type Asking = { interrupted: Interrupted; wish: Wish };
type Planned = { device: Device; plan: Plan };

/** Plans what gives a device the internet, or takes it; undefined until the rules are there. */
export function usePlan(): ((device: PlannedDevice, wish: Wish, now: number) => Plan) | undefined {
  const queryClient = useQueryClient();
  const { data: rules } = useQuery(rulesQuery);
  if (rules === undefined) return undefined;
  return (device, wish, now) => {
    const ids = new Set([device.id, ...(device.merged ?? []).map(({ id }) => id)]);
    const policy = queryClient.getQueryData(policyQuery(device.router_id).queryKey);
    return planAccess(wish, { device, rules, ids, mode: policy?.mode, now });
  };
}

type PlannedDevice = Device & { readonly merged?: readonly { id: string }[] };

/**
 * Gives devices the internet, or takes it: shown at once, rolled back with the reason if it is refused, asked about
 * before the device in use is cut off, and undone by one tap. The caller renders `dialog`.
 */
export function useChangeAccess(): {
  run: (planned: readonly Planned[], wish: Wish) => void;
  isPending: boolean;
  dialog: ReactNode;
} {
  const queryClient = useQueryClient();
  const homeOf = useHomeOf();
  const rollBack = useRollback();
  const tell = useOutcomeToast();
  const [asking, setAsking] = useState<Asking>();
  const change = useMutation({
    mutationFn: ({ tasks, isConfirmed }: Doing) => performAll(tasks, isConfirmed),
    onMutate: ({ tasks, wish }: Doing) =>
      showAtOnce(
        queryClient,
        tasks.map(({ device }) => device),
        ({ id }) =>
          wish ? expectedOf(wish) : pickAccess(tasks.find(({ device }) => device.id === id)),
      ),
    onSuccess: (done, { tasks, wish }) =>
      // What takes back is not taken back itself: Ctrl-Z goes on to the change before.
      tell(tasks, wish, wish === undefined || done.length === 0 ? undefined : () => takeBack(done)),
    onError: async (error, { wish }, before) => {
      const interrupted = error instanceof Interrupted ? error : undefined;
      const reason = interrupted?.reason ?? error;
      const isAsked = interrupted !== undefined && wish && needsConfirmation(reason);
      if (isAsked) setAsking({ interrupted, wish });
      await rollBack(before, reason, isAsked);
    },
    onSettled: () => refreshRules(queryClient),
  });
  function takeBack(tasks: readonly Task[]): void {
    change.mutate({ tasks, isConfirmed: true });
  }
  return {
    run: (planned, wish) => {
      const tasks = planned.flatMap(({ device, plan: { steps } }) => {
        const home = homeOf(device.router_id);
        return home && steps.length > 0 ? [{ device, homeId: home.id, steps }] : [];
      });
      if (tasks.length > 0) change.mutate({ tasks, wish, isConfirmed: false });
    },
    isPending: change.isPending,
    dialog: asking && (
      <AskAboutOwn
        asking={asking}
        onClose={(goOn) => {
          setAsking(undefined);
          const { done, left } = asking.interrupted;
          if (goOn) change.mutate({ tasks: left, wish: asking.wish, isConfirmed: true });
          else if (done.length > 0) takeBack(done);
        }}
      />
    ),
  };
}

function AskAboutOwn({
  asking: {
    interrupted: { left, reason },
  },
  onClose,
}: {
  asking: Asking;
  onClose: (goOn: boolean) => void;
}) {
  return (
    <Suspense>
      <OwnDeviceDialog
        name={nameOf(left.map(({ device }) => device))}
        behind={reason instanceof ApiProblem ? reason.behind : []}
        onClose={() => onClose(false)}
        onBlock={() => onClose(true)}
      />
    </Suspense>
  );
}

/** One toast for a change, which follows it until its router does it; with an undo. */
function useOutcomeToast() {
  const t = useTranslations('devices');
  const follow = useDeliveryToast();
  return (tasks: readonly Task[], wish: Wish | undefined, undo: (() => void) | undefined): void => {
    const devices = [...new Set(tasks.map(({ device }) => device))];
    const [first] = devices;
    if (first === undefined) return;
    const names = { count: devices.length, name: nameOf(devices) };
    const id = `access ${devices.map((device) => device.id).join(' ')}`;
    const thing = { id, routerId: first.router_id, undo };
    if (wish === undefined)
      return follow(thing, { working: t('working.undone'), done: t('undone', names) });
    const isPause = wish.wanted === 'off' && wish.until !== undefined;
    const what = isPause ? 'paused' : wish.wanted;
    follow(thing, { working: t(`working.${what}`, names), done: t(`done.${what}`, names) });
  };
}

function pickAccess(task: Task | undefined): Partial<Pick<Device, 'access' | 'is_blocked'>> {
  return task === undefined
    ? {}
    : { access: task.device.access, is_blocked: task.device.is_blocked };
}
