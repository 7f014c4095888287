/** A person, and one of the homes that they are told of. `userId` is the home's owner. */
export type Listener = { userId: string; homeId: string; memberId: string };

/** Whose transaction it is: the owner's rows of that home, and of channels only the person's own. */
export function tenantOf({ userId, homeId, memberId }: Listener) {
  return { userId, homeId, actorId: memberId };
}
