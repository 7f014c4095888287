import { type RuleAddition, createRule } from '../../access/rule-writes.ts';
import { api, expectOk, unwrap } from '../../api/client.ts';
import type { Rule } from '../../api/home-queries.ts';
import {
  type BlacklistEntry,
  type Device,
  type WhitelistEntry,
  everyPage,
} from '../../api/queries.ts';
import type { Step } from './access-plan.ts';

/** What must be done to one device. */
export type Task = { device: Device; homeId: string; steps: readonly Step[] };
/** What a step is for. */
export type Subject = Pick<Task, 'device' | 'homeId'>;

/** A request was refused: what is left, beginning with it, and what takes back what was done before. */
export class Interrupted extends Error {
  readonly reason: Error;
  readonly left: readonly Task[];
  readonly done: readonly Task[];

  constructor(reason: Error, left: readonly Task[], done: readonly Task[]) {
    super(reason.message);
    this.name = 'Interrupted';
    this.reason = reason;
    this.left = left;
    this.done = done;
  }
}

type Confirm = { confirm?: true };

const PAGE = 500;

/**
 * Does it all, one request after the other, as each locks the router's policy anyway.
 * @returns what takes it back
 * @throws {Interrupted} one was refused
 */
export async function performAll(
  tasks: readonly Task[],
  isConfirmed: boolean,
): Promise<readonly Task[]> {
  const done: Task[] = [];
  for (const [index, task] of tasks.entries())
    for (const [at, step] of task.steps.entries())
      try {
        const steps = await perform(step, task, isConfirmed ? { confirm: true } : {});
        if (steps.length > 0) done.unshift({ ...task, steps });
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const left = [{ ...task, steps: task.steps.slice(at) }, ...tasks.slice(index + 1)];
        throw new Interrupted(error, left, done);
      }
  return done;
}

/** Does one step, and returns what takes it back. */
async function perform(step: Step, subject: Subject, confirm: Confirm): Promise<Step[]> {
  const { device, homeId } = subject;
  if (step.do === 'addRule')
    return [{ do: 'deleteRule', rule: await createRule(homeId, { ...step.rule, ...confirm }) }];
  if (step.do === 'deleteRule') {
    const { home_id, id } = step.rule;
    await expectOk(
      api.DELETE('/api/v1/homes/{home_id}/rules/{id}', {
        params: { path: { home_id, id }, query: confirm },
      }),
    );
    return [{ do: 'addRule', rule: additionOf(step.rule) }];
  }
  if (step.do === 'list') {
    await list(device, step.list, confirm);
    return [{ do: 'unlist', list: step.list }];
  }
  if (step.do === 'unlist') {
    await unlist(device, step.list, confirm);
    return [{ do: 'list', list: step.list }];
  }
  if (step.do === 'allowNew') {
    await allowNew(device, confirm);
    // Nothing makes a device new again.
    return [];
  }
  if (step.do === 'endBlocks') {
    await endBlocks(device);
    return [{ do: 'block' }];
  }
  await block(device, confirm);
  return [{ do: 'endBlocks' }];
}

function block({ router_id, id: device_id }: Device, confirm: Confirm): Promise<unknown> {
  return unwrap(
    api.POST('/api/v1/routers/{router_id}/blocks', {
      params: { path: { router_id } },
      body: { device_id, ...confirm },
    }),
  );
}

function allowNew({ router_id, id }: Device, confirm: Confirm): Promise<unknown> {
  return unwrap(
    api.POST('/api/v1/routers/{router_id}/devices/{id}/review', {
      params: { path: { router_id, id } },
      body: { decision: 'allow', ...confirm },
    }),
  );
}

/** Ends every block that holds for a device. */
export async function endBlocks({
  router_id,
  id: device_id,
}: Pick<Device, 'router_id' | 'id'>): Promise<void> {
  const { items } = await unwrap(
    api.GET('/api/v1/routers/{router_id}/blocks', {
      params: { path: { router_id }, query: { device_id, state: 'active', limit: PAGE } },
    }),
  );
  // One after the other: each of them locks the router's policy anyway.
  for (const { id } of items)
    await unwrap(
      api.POST('/api/v1/routers/{router_id}/blocks/{id}/unblock', {
        params: { path: { router_id, id } },
      }),
    );
}

type ListName = 'whitelist' | 'blacklist';

function list(
  { router_id, id: device_id }: Device,
  name: ListName,
  confirm: Confirm,
): Promise<unknown> {
  return unwrap(
    api.POST(`/api/v1/routers/{router_id}/${name}`, {
      params: { path: { router_id } },
      body: { device_id, ...confirm },
    }),
  );
}

async function unlist(
  { router_id, id, macs }: Subject['device'],
  name: ListName,
  confirm: Confirm,
): Promise<void> {
  const entries = await everyPage<WhitelistEntry | BlacklistEntry>((cursor) =>
    unwrap(
      api.GET(`/api/v1/routers/{router_id}/${name}`, {
        params: { path: { router_id }, query: { limit: PAGE, ...cursor } },
      }),
    ),
  );
  const own = entries.filter(
    ({ device_id, device_mac }) =>
      device_id === id || (device_mac !== null && macs.includes(device_mac)),
  );
  for (const entry of own)
    await expectOk(
      api.DELETE(`/api/v1/routers/{router_id}/${name}/{id}`, {
        params: { path: { router_id, id: entry.id }, query: confirm },
      }),
    );
}

/** What makes a deleted rule anew. */
function additionOf(rule: Rule): RuleAddition {
  const { kind, name, target, person_id, device_id, network, router_id } = rule;
  const { access, down_rate, up_rate, from_at, until_at, windows, is_active } = rule;
  const isOnce = kind === 'pause' || kind === 'exception';
  return {
    kind,
    name,
    target,
    ...(target === 'person' && { person_id }),
    ...(target === 'device' && { device_id }),
    ...(target === 'network' && { network, router_id }),
    access,
    ...(access === 'limit' && { down_rate, up_rate }),
    ...(isOnce ? { from_at, until_at } : { windows }),
    is_active,
  };
}
