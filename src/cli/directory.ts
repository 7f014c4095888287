import type { Directory } from '../cells/directory.ts';
import type { Config } from '../config/config.ts';
import { errorMessage } from '../error-message.ts';
import { InvalidInputError, UnavailableError } from '../errors.ts';

type Work<Result> = (directory: Directory, cell: number) => Promise<Result>;

/**
 * Runs `work` with the directory and the number of this cell. Throws InvalidInputError if there are no cells, and UnavailableError
 * with the reason for the operator if the directory cannot be reached.
 */
export async function withDirectory<Result>(config: Config, work: Work<Result>): Promise<Result> {
  const { cell } = config;
  if (cell === undefined)
    throw new InvalidInputError([
      { field: 'CELL', expected: 'the number of this cell, with DIRECTORY_URL (docs/cells.md)' },
    ]);
  const { openDirectory } = await import('../cells/directory.ts');
  const { withClient } = await import('../database/roles.ts');
  await withClient(cell.directory, () => Promise.resolve()).catch((error: unknown) => {
    throw new UnavailableError(`DIRECTORY_URL: ${errorMessage(error)}`, { cause: error });
  });
  const directory = openDirectory(cell.directory);
  try {
    return await work(directory, cell.number);
  } finally {
    await directory.close();
  }
}

/** The same; undefined if there are no cells. */
export async function ifDirectory<Result>(
  config: Config,
  work: Work<Result>,
): Promise<Result | undefined> {
  return config.cell === undefined ? undefined : withDirectory(config, work);
}
