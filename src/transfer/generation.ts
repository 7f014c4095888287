import type { Import } from './context.ts';
import type { Generation } from './report.ts';
import type { SourceFile } from './source.ts';

/** The tables that made a netpilot.json of May 2025; those of the later ones are the two lists. */
const LISTS = new Set(['whitelist', 'blacklist']);

/** The stores that came last, on 2025-05-27. */
const LATE = /^(devices|mode|whitelist|blacklist|netpilot_state)\.json$/;

/**
 * Which generations of the old program's storage a folder holds, and in which of its files. The two
 * that look alike are told apart by their content: the later one has no list entries, and a first_seen
 * for every device.
 */
export function findGenerations(context: Import): { generation: Generation; files: string[] }[] {
  const { source, counts, notes } = context;
  const hasEntries = counts.some(
    ({ table, read, rejected }) => LISTS.has(table) && read > rejected,
  );
  const tables = [...context.tables.values()].filter(({ isTable }) => isTable);
  const lacksFirstSeen = [...notes.values()].some(({ code }) => code === 'no_first_seen');
  const late: Generation = hasEntries || lacksFirstSeen ? 'lists' : 'split';
  // Its own files tell the later one; what both had is of the newest that is there.
  const newest = source.files.some(({ name }) => LATE.test(name.toLowerCase())) ? late : 'tinydb';
  const found = new Map<Generation, string[]>();
  for (const { name, kind } of source.files) {
    const inFile = tables.filter(({ file }) => file === name).map((table) => table.name);
    const generation = generationOf(name.toLowerCase(), kind, inFile, late, newest);
    if (generation !== undefined) found.set(generation, [...(found.get(generation) ?? []), name]);
  }
  return [...found].map(([generation, files]) => ({ generation, files }));
}

function generationOf(
  name: string,
  kind: SourceFile['kind'],
  tables: readonly string[],
  late: Generation,
  newest: Generation,
): Generation | undefined {
  if (kind === 'sqlite' || kind === 'export') return kind;
  // The subnets were there in every generation; the groups came after all of them.
  if (name === 'ips_to_scan.json' || name === 'netpilot_groups_state.json') return undefined;
  if (name === 'netpilot.json') {
    if (tables.length === 0) return newest;
    return tables.every((table) => LISTS.has(table)) ? late : 'tinydb';
  }
  if (LATE.test(name)) return late;
  return kind === 'document' ? newest : 'tinydb';
}
