/** The pages of the guide, in the order in which a home needs them. */
export const TOPICS = [
  'first-evening',
  'bedtime',
  'guest',
  'second-parent',
  'be-told',
  'no-internet',
  'moving-house',
] as const;
export type Topic = (typeof TOPICS)[number];

export function topicOf(name: string): Topic | undefined {
  return TOPICS.find((topic) => topic === name);
}
