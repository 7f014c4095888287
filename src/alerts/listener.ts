/** A person, and one of the homes that they are told of. `userId` is the home's owner. */
export type Listener = { userId: string; homeId: string; memberId: string };

/** The columns that say whose a row is. */
export function keyOf({ userId, homeId, memberId }: Listener) {
  return { user_id: userId, home_id: homeId, member_id: memberId };
}

/** Whose transaction it is: the owner's rows of that home, and of channels only the person's own. */
export function tenantOf({ userId, homeId, memberId }: Listener) {
  return { userId, homeId, actorId: memberId };
}
