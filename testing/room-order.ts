import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** `import … from`, `import type … from`, `export … from`, `import '…'`, `import('…')`, of a file nearby. */
const IMPORT = /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/**
 * Holds the order of rooms: folders or files by their path below `root`, the highest first. A room imports, types included,
 * only from itself and from rooms after it. Returns one line for each import that goes up, and for each file in no room; tests are not checked.
 */
export function findOrderViolations(root: string, rooms: readonly string[]): string[] {
  const files = globSync('**/*.{ts,tsx}', { cwd: root, exclude: ['**/*.test.ts'] });
  return files.flatMap((file) => {
    const rank = rankOf(file, rooms);
    if (rank === -1) return [`${file} is in no room`];
    return [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)]
      .map(([, path = '']) => relative(root, resolve(root, dirname(file), path)))
      .filter((imported) => !imported.startsWith('..') && rankOf(imported, rooms) < rank)
      .map((imported) => `${file} imports ${imported}, which is above it`);
  });
}

/** Place of a file's room in the list; a room inside another one is its own. -1 for a file in no room. */
function rankOf(file: string, rooms: readonly string[]): number {
  const [room = ''] = rooms
    .filter((candidate) => file === candidate || file.startsWith(`${candidate}/`))
    .toSorted((one, other) => other.length - one.length);
  return rooms.indexOf(room);
}
