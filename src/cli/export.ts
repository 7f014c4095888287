import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import type { Command } from 'commander';
import { parseEmail } from '../accounts/email.ts';
import { NotFoundError } from '../errors.ts';
import { exportUser } from '../transfer/export.ts';
import { writeWholeFile } from '../whole-file.ts';
import { withCurrentDeployment } from './database.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printResult } from './output.ts';
import { findPerson } from './person.ts';

/** `netpilot export [FILE]` */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write everything of one user as JSON that `netpilot import` takes again')
    .argument('[file]', 'where to; readable by its owner alone (default: standard output)')
    .option('--user <email>', 'whose (default: the only user)')
    .option('--overwrite', 'replace the file where it is there already')
    .action(run)
    .addHelpText(
      ...examples(
        ['netpilot export ann.json --user ann@example.com', 'to a file'],
        ['netpilot export | gzip > all.json.gz', 'through a pipe'],
      ),
    );
}

type Options = { user?: string; overwrite?: boolean };

async function run(
  file: string | undefined,
  { user, overwrite }: Options,
  command: Command,
): Promise<void> {
  const wanted = user === undefined ? undefined : parseEmail(user, '--user');
  const written = await withCurrentDeployment(configOf(command), async ({ addresses }, signal) => {
    const person = await findPerson(addresses, wanted, '--user');
    if (person.user === undefined) throw new NotFoundError('user', person.email);
    const pieces = exportUser(addresses.service, person.user.id);
    if (file === undefined) return writeOut(pieces);
    const bytes = await writeWholeFile(file, { overwrite, signal }, (handle) =>
      writeTo(handle, pieces),
    );
    return { file, email: person.email, bytes };
  });
  if (written === undefined) return;
  printResult(
    wantsJson(command),
    written,
    () => `${written.email} is in ${written.file} (${written.bytes.toLocaleString('en')} bytes).`,
  );
}

async function writeOut(pieces: AsyncIterable<string>): Promise<undefined> {
  for await (const piece of pieces)
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

/** Gives the bytes written. */
async function writeTo(handle: FileHandle, pieces: AsyncIterable<string>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) {
    await handle.writeFile(piece);
    bytes += Buffer.byteLength(piece);
  }
  return bytes;
}
