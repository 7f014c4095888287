/** What a function of the database gives that was given many: rows with their place among them, from 1. */

/** The row of each of so many, in their order; undefined for those of which there is none. */
export function inOrder<Row extends { place: number }>(
  count: number,
  rows: readonly Row[],
): (Row | undefined)[] {
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return Array.from({ length: count }, (_none, index) => byPlace.get(index + 1));
}
