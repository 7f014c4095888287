import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import type { Command } from 'commander';
import { parseEmail } from '../email.ts';
import { NotFoundError } from '../errors.ts';
import { writeWholeFile } from '../whole-file.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printResult } from './output.ts';

/** `netpilot export [FILE]` */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write all data of one user as JSON, for `netpilot import`')
    .argument('[file]', 'the file to write; only its owner can read it (default: standard output)')
    .option('--user <email>', 'which user (default: the only user)')
    .option('--overwrite', 'replace the file if it exists')
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
  const { exportUser } = await import('../transfer/export.ts');
  const { withCurrentDeployment } = await import('./database.ts');
  const { findPerson } = await import('./person.ts');
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
    () =>
      `Exported ${written.email} to ${written.file} (${written.bytes.toLocaleString('en')} bytes).`,
  );
}

async function writeOut(pieces: AsyncIterable<string>): Promise<undefined> {
  for await (const piece of pieces) {
    // The reader has gone.
    if (!process.stdout.writable) return;
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}

/** Returns the number of bytes written. */
async function writeTo(handle: FileHandle, pieces: AsyncIterable<string>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) {
    await handle.writeFile(piece);
    bytes += Buffer.byteLength(piece);
  }
  return bytes;
}
