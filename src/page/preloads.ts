import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What Vite made of a module (its `build.manifest`). */
type Chunk = { file: string; imports?: string[]; css?: string[] };

/**
 * Reads which files the pages of a build need. The returned function makes the links with which a browser fetches a
 * page's own files together with the frame's, not after the frame has run; without the files that the document has.
 */
export async function readPreloads(dist: string): Promise<(modules: readonly string[]) => string> {
  const file = join(dist, '.vite/manifest.json');
  if (!existsSync(file)) return () => '';
  const chunks: Record<string, Chunk> = JSON.parse(await readFile(file, 'utf8'));
  const document = await readFile(join(dist, 'index.html'), 'utf8');
  return (modules) => {
    // A style that is linked a second time would override the page's own.
    const files = [...closure(chunks, modules)]
      .flatMap((name) => chunks[name] ?? [])
      .filter((chunk) => !document.includes(`/${chunk.file}"`));
    return [
      ...files.map((chunk) => `<link rel="modulepreload" crossorigin href="/${chunk.file}">`),
      ...files.flatMap(({ css = [] }) =>
        css.map((style) => `<link rel="stylesheet" crossorigin href="/${style}">`),
      ),
    ].join('');
  };
}

/** Modules and everything that they import statically. */
function closure(
  chunks: Record<string, Chunk>,
  names: readonly string[],
  known = new Set<string>(),
): Set<string> {
  for (const name of names) {
    if (known.has(name)) continue;
    known.add(name);
    closure(chunks, chunks[name]?.imports ?? [], known);
  }
  return known;
}
