import type { Static } from 'typebox';
import { presentInstant } from '../access/answers.ts';
import { type LoadedHomes, loadHome } from '../access/load-home.ts';
import { findCutOff, loadOwnDevice } from '../access/own-device.ts';
import { timestampOf } from '../access/schema.ts';
import type { App, Services } from '../api/app.ts';
import { HomeParams } from '../api/schema.ts';
import { ONE_TRANSACTION, inTenant } from '../api/signed-in.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { InvalidInputError } from '../errors.ts';
import { pick } from '../pick.ts';
import { previewOf } from './preview.ts';
import { type HomeKey, findNames, findRule, requireHome } from './queries.ts';
import { RULE_FIELDS, type RuleFields, changeRule, completeRule } from './rule-fields.ts';
import { Preview, PreviewBody } from './schema.ts';
import { NEW_RULE, requireTimezone, withRule } from './what-if.ts';

export function previewRoutes(app: App, { database }: Services): void {
  app.post(
    '/homes/:home_id/rules/preview',
    {
      config: { ...ONE_TRANSACTION, access: 'read', role: 'viewer' },
      schema: {
        summary: 'Preview a rule: who loses, who gains, and when',
        description:
          'Of `rule`, as it would be added; of the rule `id` with a `change`; or of the rule `id` being deleted. Nothing is stored. What is wrong with the rule is refused as if it were.',
        params: HomeParams,
        body: PreviewBody,
        response: { 200: Preview },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const key = { user_id: userId, ...request.params };
        const now = presentInstant();
        const before = await loadHome(transaction, { user_id: userId, home_id: key.home_id });
        const home = before.homes.get(key.home_id);
        if (home === undefined) await requireHome(transaction, key);
        const { id, fields } = await wantedRule(transaction, key, request.body, timestampOf(now));
        if (home !== undefined) requireTimezone(home, fields);
        const after = (loaded: LoadedHomes) => withRule(loaded, key.home_id, id, fields);
        const { at } = request.body;
        const instant = at === undefined ? now : Math.floor(Date.parse(at) / 1_000);
        const previewed = previewOf(before, after(before), instant);
        const names = await findNames(
          transaction,
          userId,
          previewed.map(({ device_id }) => device_id),
        );
        const own = await loadOwnDevice(transaction, userId, request);
        return {
          devices: previewed.map((one) => ({ ...one, name: names.get(one.device_id) ?? '' })),
          own_device: findCutOff(own, after(own), now) !== undefined,
        };
      }),
  );
}

/** The rule of a request; without fields it is deleted. */
async function wantedRule(
  transaction: TenantTransaction,
  key: HomeKey,
  { rule, id, change }: Static<typeof PreviewBody>,
  now: string,
): Promise<{ id: string; fields: RuleFields | undefined }> {
  if ((rule === undefined) === (id === undefined) || (rule !== undefined && change !== undefined))
    throw new InvalidInputError([
      { field: 'rule', expected: 'either a rule, or the id of one, with a change or without' },
    ]);
  if (rule !== undefined) return { id: NEW_RULE, fields: completeRule(rule, now) };
  const stored = await findRule(transaction, { ...key, id: id ?? '' });
  const before = pick(stored.rule, RULE_FIELDS);
  const fields = change === undefined ? undefined : changeRule(before, change, now);
  return { id: stored.rule.id, fields };
}
