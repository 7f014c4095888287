import { Type } from 'typebox';
import { ROLES, type Role } from '../api/access.ts';
import { Id, Name, Nullable, Timestamp } from '../api/schema.ts';

export const Timezone = Type.String({
  format: 'timezone',
  maxLength: 64,
  // An offset is not a place: it has no summer time.
  pattern: '^[A-Za-z]',
  description: 'Of the IANA database, such as Europe/Berlin: in it the times of rules are meant.',
});

const Rate = Nullable(Type.Integer());

const NewDevices = Type.Object(
  {
    access: Type.Enum(['allow', 'limit', 'block']),
    down_rate: Rate,
    up_rate: Rate,
    is_chosen: Type.Boolean({
      description: 'Whether somebody has said so; until then they are allowed.',
    }),
  },
  { description: 'What a device gets that nobody has reviewed yet, in bit/s.' },
);

/** A home as the API shows it to one of those who may act there. */
export const HomeSchema = Type.Object({
  id: Id,
  name: Name,
  timezone: Nullable({ ...Timezone, description: 'Null until somebody has said it: UTC.' }),
  created_at: Timestamp(),
  role: Type.Enum(ROLES, { description: 'What you are there.' }),
  is_own: Type.Boolean(),
  owner_name: Nullable(Type.String({ description: 'Null if it is your own.' })),
  routers: Type.Integer(),
  people: Type.Integer(),
  new_devices: NewDevices,
});

/** What is said of a home to who acts there. */
export function factsOf(sender: {
  userId: string;
  actorId: string;
  role: Role;
  ownerName: string | undefined;
}) {
  const { userId, actorId, role, ownerName } = sender;
  return { role, is_own: userId === actorId, owner_name: ownerName ?? null };
}
