import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { type Server, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';

/** Every process has one folder in the system's temporary one, and everything temporary in it. */
const PREFIX = 'netpilot-files-';
/** A socket in it that answers for as long as the process lives: a number could be another container's process. */
const ALIVE = 'alive';
/** A folder without the socket is one that is just being made, for so many milliseconds. */
const MAKING_MS = 60_000;

/** By the system's folder, which tests change. */
const own = new Map<string, Promise<string>>();

/**
 * Makes a folder that only this process may read. The caller removes it; what a killed process
 * leaves is removed by `sweepTemporaryFolders`.
 * @param purpose begins its name
 */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
  const place = tmpdir();
  const making = own.get(place) ?? makeOwn(place);
  own.set(place, making);
  const folder = await making;
  // Somebody may have cleared the system's folder.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return mkdtemp(join(folder, `${purpose}-`));
}

async function makeOwn(place: string): Promise<string> {
  const folder = await mkdtemp(join(place, PREFIX));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const server = createServer((socket) => socket.destroy());
  await listen(server, join(folder, ALIVE));
  server.unref();
  return folder;
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/** Removes the temporary folders of our processes that have ended without doing it. @returns those folders */
export async function sweepTemporaryFolders(): Promise<string[]> {
  const swept: string[] = [];
  for (const entry of await readdir(tmpdir(), { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), entry.name);
    if (!(await isAbandoned(folder))) continue;
    await rm(folder, { recursive: true, force: true });
    swept.push(folder);
  }
  return swept;
}

/** Whether the process that made it has ended, and was ours. */
async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const { uid, mtimeMs } = await stat(folder);
    if (uid !== process.getuid?.()) return false;
    const answer = await knock(join(folder, ALIVE));
    return answer === 'refused' || (answer === 'absent' && Date.now() - mtimeMs > MAKING_MS);
  } catch (error) {
    // Another process sweeps, too.
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function knock(path: string): Promise<'answered' | 'refused' | 'absent'> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve('answered');
    });
    socket.once('error', (error) => {
      const code = errorCode(error);
      if (code === 'ECONNREFUSED' || code === 'ENOTSOCK') resolve('refused');
      else if (code === 'ENOENT') resolve('absent');
      else reject(error);
    });
  });
}
