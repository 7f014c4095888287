/** What people are drawn in, in the order in which they get them. */
export const COLOURS = [
  'blue',
  'green',
  'orange',
  'purple',
  'red',
  'teal',
  'pink',
  'yellow',
  'grey',
] as const;
export type Colour = (typeof COLOURS)[number];
