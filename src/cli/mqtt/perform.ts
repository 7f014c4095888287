import { BUTTON_MINUTES } from '../../mqtt/discovery.ts';
import type { Decided, House } from '../../mqtt/house.ts';
import type { Request } from '../../mqtt/topics.ts';
import { ForbiddenError } from '../../errors.ts';
import { type Api, dataOf } from '../home/api.ts';
import { endBlock, findBlock } from '../home/block.ts';
import { type Rule, type RuleAddition, listRules } from '../home/rules.ts';

/**
 * Does what was asked for by MQTT. It confirms nothing: what would cut off the machine that the bridge runs on, or others too,
 * is refused. Throws ServiceError, or ForbiddenError.
 */
export async function perform(api: Api, request: Request, house: House): Promise<void> {
  const { thing } = request;
  if ('press' in request) return press(api, request, house);
  if (thing.kind === 'person') return switchPerson(api, thing.id, request.internet, house);
  const device = house.devices.find(({ id }) => id === thing.id);
  if (device !== undefined) return switchDevice(api, device, request.internet, house);
}

/** A block lasts until somebody ends it. On ends pauses of the device too; what else holds it back stays. */
async function switchDevice(
  api: Api,
  { id: device_id, router_id }: { id: string; router_id: string },
  isOn: boolean,
  { home, may }: House,
): Promise<void> {
  requireRight(may.block);
  const block = await findBlock(api, router_id, device_id);
  if (!isOn) {
    if (block !== undefined) return;
    await dataOf(
      api.POST('/api/v1/routers/{router_id}/blocks', {
        params: { path: { router_id } },
        body: { device_id },
      }),
    );
    return;
  }
  if (block !== undefined) await endBlock(api, block);
  if (may.rule) await endPauses(api, home.id, (rule) => rule.device_id === device_id);
}

/** A pause that lasts until somebody ends it. */
async function switchPerson(
  api: Api,
  person_id: string,
  isOn: boolean,
  { home, may }: House,
): Promise<void> {
  requireRight(may.rule);
  const isTheirs = (rule: Rule) => rule.person_id === person_id;
  if (isOn) return endPauses(api, home.id, isTheirs);
  const rules = await listRules(api, home.id);
  const isPaused = ({ kind, until_at }: Rule) => kind === 'pause' && until_at === null;
  if (!rules.some((rule) => isTheirs(rule) && isPaused(rule)))
    await addRule(api, home.id, { kind: 'pause', access: 'block', person_id });
}

async function press(
  api: Api,
  { thing, press: button }: Extract<Request, { press: string }>,
  { home, may, devices, people }: House,
): Promise<void> {
  requireRight(may.rule);
  const isDevice = thing.kind === 'device';
  const target = isDevice ? { device_id: thing.id } : { person_id: thing.id };
  if (button === 'pause')
    return addRule(api, home.id, {
      ...target,
      kind: 'pause',
      access: 'block',
      minutes: BUTTON_MINUTES,
    });
  // Their own pauses would outweigh it.
  await endPauses(
    api,
    home.id,
    (rule) => (isDevice ? rule.device_id : rule.person_id) === thing.id,
  );
  const access = [...devices, ...people].find(({ id }) => id === thing.id)?.access;
  const until_at = new Date(startOfMore(access) + BUTTON_MINUTES * 60_000).toISOString();
  await addRule(api, home.id, { ...target, kind: 'exception', access: 'allow', until_at });
}

/** When more time begins: now, or when what they have ends. */
function startOfMore(access: Decided | undefined): number {
  const until = access?.until ?? null;
  if (access?.access === 'block' || until === null) return Date.now();
  return Math.max(Date.now(), Date.parse(until));
}

async function addRule(api: Api, home_id: string, body: RuleAddition): Promise<void> {
  await dataOf(api.POST('/api/v1/homes/{home_id}/rules', { params: { path: { home_id } }, body }));
}

async function endPauses(api: Api, home_id: string, isMeant: (rule: Rule) => boolean) {
  const rules = await listRules(api, home_id);
  for (const { id } of rules.filter((rule) => rule.kind === 'pause' && isMeant(rule)))
    await dataOf(
      api.DELETE('/api/v1/homes/{home_id}/rules/{id}', {
        params: { path: { home_id, id }, query: {} },
      }),
    );
}

function requireRight(is: boolean): void {
  if (!is) throw new ForbiddenError('this token, or its user, may not change that.');
}
