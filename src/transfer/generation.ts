import type { Seen } from './intake.ts';
import type { Generation } from './report.ts';
import type { SourceFile } from './source.ts';

/** The tables that made a netpilot.json of May 2025; those of the later ones are the two lists. */
const LISTS = new Set(['whitelist', 'blacklist']);

/**
 * Which generations of the old program's storage a folder holds, and in which of its files. The two
 * that look alike are told apart by what is in them: the later one has no list entries, and every
 * device a first_seen.
 */
export function findGenerations(
  files: readonly SourceFile[],
  seen: Seen,
  firstSeenMissing: boolean,
): { generation: Generation; files: string[] }[] {
  const late: Generation = seen.listEntries || firstSeenMissing ? 'lists' : 'split';
  const found = new Map<Generation, string[]>();
  for (const { name, kind } of files) {
    const tables = seen.tables.filter(({ file }) => file === name).map(({ table }) => table);
    const generation = generationOf(name.toLowerCase(), kind, tables, late);
    if (generation !== undefined) found.set(generation, [...(found.get(generation) ?? []), name]);
  }
  return [...found].map(([generation, names]) => ({ generation, files: names }));
}

function generationOf(
  name: string,
  kind: SourceFile['kind'],
  tables: readonly string[],
  late: Generation,
): Generation | undefined {
  if (kind === 'sqlite' || kind === 'export') return kind;
  // The subnets were there in every generation.
  if (name === 'ips_to_scan.json') return undefined;
  if (name === 'netpilot.json') return tables.every((table) => LISTS.has(table)) ? late : 'tinydb';
  return kind === 'document' || name === 'devices.json' ? late : 'tinydb';
}
