/** What a program may change: first it gets a preview with a confirmation, then the change for that. */
import type { McpServer } from '@modelcontextprotocol/server';
import { type Static, type TObject, type TProperties, Type } from 'typebox';
import { CONFIRM_WITHIN_SECONDS, type Confirmations } from './confirmation.ts';
import { type OwnApi, RefusedError, UnconfirmedError } from './own-api.ts';
import { DeviceId, HomeId, RouterId, devicePath } from './reading.ts';
import { type ToolInput, type ToolTexts, answer, toolInput } from './tool.ts';

/** Who asks for changes. */
export type Changing = { ownApi: OwnApi; confirmations: Confirmations; sessionRowId: string };

type Change<Input> = {
  /** What would happen, in the API's own words. */
  preview: (input: Input) => Promise<unknown>;
  /**
   * Throws UnconfirmedError with what the person must know besides the preview.
   * @param key for the API to do it once
   * @param isWarned they know it
   */
  apply: (input: Input, key: string, isWarned: boolean) => Promise<unknown>;
};

const target = {
  home_id: HomeId,
  device_id: Type.Optional({ ...DeviceId, description: 'For this device.' }),
  person_id: Type.Optional(
    Type.String({ format: 'uuid', description: 'For all devices of this person.' }),
  ),
  everyone: Type.Optional(
    Type.Literal(true, { description: 'For all devices of the home but its routers.' }),
  ),
};
const minutes = Type.Integer({ minimum: 1, maximum: 24 * 60 });
const confirmation = Type.Optional(
  Type.String({
    maxLength: 200,
    description:
      'Leave it out for a preview. Show that to the person; if they agree, call again with the same input and the confirmation of the preview.',
  }),
);

/** With the confirmation, which every change takes. */
const changeInput = <Properties extends TProperties>(properties: Properties) =>
  toolInput(Type.Object({ ...properties, confirmation }, { additionalProperties: false }));

const PAUSE_INTERNET = changeInput({ ...target, minutes: Type.Optional(minutes) });
const ALLOW_INTERNET = changeInput({ ...target, minutes });
const END_RULE = changeInput({ home_id: HomeId, rule_id: Type.String({ format: 'uuid' }) });
const ONE_DEVICE = changeInput({ router_id: RouterId, device_id: DeviceId });
const REVIEW_DEVICE = changeInput({
  router_id: RouterId,
  device_id: DeviceId,
  decision: Type.Enum(['allow', 'refuse']),
  person_id: Type.Optional(Type.String({ format: 'uuid', description: 'Whose it is.' })),
});

/** For a token that may control who gets through. */
export function registerChangingTools(server: McpServer, changing: Changing): void {
  const { ownApi } = changing;
  register(
    server,
    changing,
    {
      name: 'pause_internet',
      title: 'Pause the internet',
      description:
        'Blocks a device, a person or the whole home for some minutes, or without `minutes` until `end_rule`.',
    },
    PAUSE_INTERNET,
    asRule(ownApi, (input) => ({ kind: 'pause', ...pickTarget(input), minutes: input.minutes })),
  );
  register(
    server,
    changing,
    {
      name: 'allow_internet',
      title: 'Allow the internet for some time',
      description:
        'Lets a device or a person through for some minutes, whatever the schedules say. Blocks by hand and pauses outweigh it.',
    },
    ALLOW_INTERNET,
    asRule(ownApi, (input) => ({
      kind: 'exception',
      access: 'allow',
      ...pickTarget(input),
      minutes: input.minutes,
    })),
  );
  registerEnd(server, changing);
  registerBlock(server, changing);
}

function registerEnd(server: McpServer, changing: Changing): void {
  const { ownApi } = changing;
  register(
    server,
    changing,
    {
      name: 'end_rule',
      title: 'End a pause, or delete another rule',
      description: 'Deletes a rule of `list_rules`: a pause ends, a schedule is gone for good.',
    },
    END_RULE,
    {
      preview: ({ home_id, rule_id }) =>
        ownApi({
          method: 'POST',
          path: `/homes/${home_id}/rules/preview`,
          body: { id: rule_id },
        }),
      apply: ({ home_id, rule_id }, key) =>
        ownApi({
          method: 'DELETE',
          path: `/homes/${home_id}/rules/${rule_id}`,
          query: { confirm: 'true' },
          key,
        }),
    },
  );
}

function registerBlock(server: McpServer, changing: Changing): void {
  const { ownApi } = changing;
  register(
    server,
    changing,
    {
      name: 'block_device',
      title: 'Block a device for good',
      description:
        'Blocks a device until somebody unblocks it, whatever other rules say. For some minutes use `pause_internet`.',
    },
    ONE_DEVICE,
    {
      preview: async (input) => {
        if ((await findBlock(ownApi, input)) !== undefined)
          throw new RefusedError('It is blocked by hand already.');
        return ownApi({ path: devicePath(input.router_id, input.device_id) });
      },
      apply: ({ router_id, device_id }, key, isWarned) =>
        ownApi({
          method: 'POST',
          path: blocksPath(router_id),
          body: { device_id, ...confirmIf(isWarned) },
          key,
        }),
    },
  );
  register(
    server,
    changing,
    {
      name: 'unblock_device',
      title: 'End the block of a device',
      description:
        'Ends a block by hand. The rules of the home hold again, so that the device may still have no internet: its `access` says so.',
    },
    ONE_DEVICE,
    {
      preview: async (input) => {
        await requireBlock(ownApi, input);
        return ownApi({ path: devicePath(input.router_id, input.device_id) });
      },
      apply: async (input, key) => {
        const id = await requireBlock(ownApi, input);
        return ownApi({
          method: 'POST',
          path: `${blocksPath(input.router_id)}/${id}/unblock`,
          key,
        });
      },
    },
  );
}

/** For a token that may manage what is in a home. */
export function registerReview(server: McpServer, changing: Changing): void {
  const { ownApi } = changing;
  register(
    server,
    changing,
    {
      name: 'review_device',
      title: 'Allow or refuse a new device',
      description:
        'Says of a new device (`is_new`) that it is welcome, and whose it is, or refuses it: then it is blocked.',
    },
    REVIEW_DEVICE,
    {
      preview: ({ router_id, device_id }) => ownApi({ path: devicePath(router_id, device_id) }),
      apply: ({ router_id, device_id, decision, person_id }, key, isWarned) =>
        ownApi({
          method: 'POST',
          path: `${devicePath(router_id, device_id)}/review`,
          body: {
            decision,
            ...(person_id !== undefined && { person_id }),
            ...confirmIf(isWarned),
          },
          key,
        }),
    },
  );
}

type Target = Static<TObject<typeof target>>;

/** What a rule is for. Throws RefusedError unless exactly one thing says so. */
function pickTarget({ device_id, person_id, everyone }: Target): object {
  const named = [
    ...(device_id === undefined ? [] : [{ target: 'device', device_id }]),
    ...(person_id === undefined ? [] : [{ target: 'person', person_id }]),
    ...(everyone === undefined ? [] : [{ target: 'everyone' }]),
  ];
  const [only] = named;
  if (only === undefined || named.length > 1)
    throw new RefusedError('Name one of device_id, person_id and everyone.');
  return only;
}

/** A change that is a new rule of the home: the API itself says who loses and gains what, and when. */
function asRule<Input extends { home_id: string }>(
  ownApi: OwnApi,
  ruleOf: (input: Input) => object,
): Change<Input> {
  return {
    preview: (input) =>
      ownApi({
        method: 'POST',
        path: `/homes/${input.home_id}/rules/preview`,
        body: { rule: ruleOf(input) },
      }),
    apply: (input, key) =>
      ownApi({
        method: 'POST',
        path: `/homes/${input.home_id}/rules`,
        // Who confirmed has seen in the preview whether the device in use is cut off.
        body: { ...ruleOf(input), confirm: true },
        key,
      }),
  };
}

function register<Input extends { confirmation?: string }>(
  server: McpServer,
  { confirmations, sessionRowId }: Changing,
  { name, title, description }: ToolTexts,
  inputSchema: ToolInput<Input>,
  change: Change<Input>,
): void {
  const annotations = { readOnlyHint: false, idempotentHint: true, openWorldHint: false };
  server.registerTool(name, { title, description, inputSchema, annotations }, (given) =>
    answer(async () => {
      const { confirmation: confirmed, ...wanted } = given;
      const previewed = { sessionRowId, tool: name, input: wanted };
      if (confirmed === undefined) {
        const preview = await change.preview(given);
        return {
          preview,
          confirmation: confirmations.issue(previewed),
          next: `Nothing has changed yet. Show the preview to the person; if they agree, call again with the same input and this confirmation within ${CONFIRM_WITHIN_SECONDS / 60} minutes.`,
        };
      }
      const warned = { ...previewed, input: { ...wanted, ...confirmIf(true) } };
      const isWarned = confirmations.check(confirmed, warned) === undefined;
      const wrong = isWarned ? undefined : confirmations.check(confirmed, previewed);
      if (wrong !== undefined) throw new RefusedError(wrong);
      try {
        return await change.apply(given, confirmed, isWarned);
      } catch (error) {
        if (!(error instanceof UnconfirmedError)) throw error;
        return {
          warning: error.message,
          confirmation: confirmations.issue(warned),
          next: 'Nothing has changed yet. Show the warning to the person; if they want it all the same, call again with the same input and this confirmation.',
        };
      }
    }),
  );
}

/** As the API takes it. */
function confirmIf(isWarned: boolean): { confirm?: true } {
  return isWarned ? { confirm: true } : {};
}

const blocksPath = (routerId: string) => `/routers/${encodeURIComponent(routerId)}/blocks`;

type OneDevice = { router_id: string; device_id: string };

/** The id of the block by hand that a device has. */
async function findBlock(
  ownApi: OwnApi,
  { router_id, device_id }: OneDevice,
): Promise<string | undefined> {
  return firstId(
    await ownApi({ path: blocksPath(router_id), query: { device_id, state: 'active' } }),
  );
}

/** The same. Throws RefusedError if it has none. */
async function requireBlock(ownApi: OwnApi, device: OneDevice): Promise<string> {
  const id = await findBlock(ownApi, device);
  if (id === undefined) throw new RefusedError('It is not blocked by hand.');
  return id;
}

/** The id of the first entry of a list. */
function firstId(list: unknown): string | undefined {
  if (typeof list !== 'object' || list === null) return undefined;
  const { items }: { items?: unknown } = list;
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  if (typeof first !== 'object' || first === null) return undefined;
  const { id }: { id?: unknown } = first;
  return typeof id === 'string' ? id : undefined;
}
