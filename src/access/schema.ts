/** The access of a device, as the API says it. */
import { type Static, Type } from 'typebox';
import { Id, Nullable, OneOf, Timestamp } from '../api/schema.ts';
import type { Because, Decision, DeviceAccess } from './types.ts';

const Rate = (direction: string) =>
  Nullable(
    Type.Integer({ description: `${direction}, in bit/s; null: no limit. With \`block\`, 0.` }),
  );

export const BecauseSchema = Type.Object(
  {
    kind: OneOf(
      ['router', 'block', 'pause', 'exception', 'schedule', 'new_device', 'mode', 'none'],
      {
        description:
          'The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.',
      },
    ),
    rule_id: Nullable({ ...Id, description: 'The rule, if it is one.' }),
    name: Nullable(Type.String({ description: 'Of the rule.' })),
    target: Nullable(
      Type.String({
        description: 'What the rule is for: everyone, person, device or network.',
      }),
    ),
  },
  { description: 'Why.' },
);

const decided = {
  access: OneOf(['allow', 'limit', 'block'], {
    description: 'What it gets. A limit of 0 in both directions is a block.',
  }),
  down_rate: Rate('What it may receive'),
  up_rate: Rate('What it may send'),
  because: BecauseSchema,
};

export const AccessSchema = Type.Object(
  {
    ...decided,
    since: Nullable(Timestamp('Since when, for the same reason; null: nobody knows.')),
    until: Nullable(
      Timestamp('When something else holds, whatever the reason; null: as far as is known, never.'),
    ),
    next: Nullable(
      Type.Object({
        at: Timestamp(),
        ...decided,
        is_armed: Type.Boolean({
          description:
            'Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline.',
        }),
      }),
    ),
  },
  {
    description:
      'What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`.',
  },
);
export type AccessAnswer = Static<typeof AccessSchema>;

/** @param isArmed whether its router does by itself what comes next */
export function answerAccess(
  { since, until, next, ...now }: DeviceAccess,
  isArmed: boolean,
): AccessAnswer {
  return {
    ...answerDecision(now),
    since: since === null ? null : timestampOf(since),
    until: until === null ? null : timestampOf(until),
    next: next && { at: timestampOf(next.at), ...answerDecision(next), is_armed: isArmed },
  };
}

function answerDecision({ access, down_rate, up_rate, because }: Decision): Decision & {
  because: Because;
} {
  return { access, down_rate, up_rate, because };
}

/** An instant in seconds of the epoch, as the API has times. */
export function timestampOf(instant: number): string {
  return new Date(instant * 1_000).toISOString().replace(/Z$/, '000Z');
}
