/** Whether other cells can be reached as they are: by requests that are passed on, and by routers that are moved. */
import { type Cell, type Directory, openDirectory } from '../cells/directory.ts';
import { withClient } from '../database/roles.ts';
import { fingerprintText, parsePublicKey } from '../routers/public-key.ts';
import { type Result, type Subject, fail, ok, reasonOf } from './check.ts';
import { judgeAnswer, lookAt } from './router-port.ts';

/** Milliseconds until a cell counts as one that does not answer. */
const PATIENCE = 5_000;

/** Asks every cell of the directory; nothing where there are no cells. */
export async function checkCells({ config: { cell: own } }: Subject): Promise<Result[]> {
  if (own === undefined) return [];
  const directory = openDirectory(own.directory);
  try {
    await withClient(own.directory, () => Promise.resolve());
    const cells = await directory.listCells();
    if (!cells.some(({ cell }) => cell === own.number))
      return [
        fail(`The directory has no cell ${own.number} (CELL).`, 'run `netpilot cell add` here.'),
      ];
    return await Promise.all(cells.map((cell) => checkCell(directory, cell)));
  } catch (error) {
    return [
      fail(`The directory of cells cannot be used: ${reasonOf(error)}.`, 'correct DIRECTORY_URL.'),
    ];
  } finally {
    await directory.close();
  }
}

/** Asks one: its api whether it is ready, and its port for routers for the host key that all cells share. */
export async function checkCell(directory: Directory, cell: Cell): Promise<Result> {
  const fix = `start cell ${cell.cell}, or correct its addresses with \`netpilot cell add ${cell.cell}\` there.`;
  try {
    const ready = await fetch(`${cell.api_url}/readyz`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!ready.ok)
      return fail(`Cell ${cell.cell} is not ready: ${cell.api_url} says ${ready.status}.`, fix);
  } catch (error) {
    return fail(
      `Cell ${cell.cell} does not answer at ${cell.api_url}, where requests are passed on to: ${reasonOf(error)}.`,
      fix,
    );
  }
  const place = `${cell.routers_host}:${cell.routers_port}`;
  try {
    const answer = await lookAt(cell.routers_host, cell.routers_port);
    const routers = judgeAnswer(answer, { place, fix, known: await readKnown(directory) });
    if (routers.state === 'fail') return fail(`Cell ${cell.cell}: ${routers.message}`, fix);
  } catch (error) {
    return fail(
      `Cell ${cell.cell} does not answer at ${place}, where routers dial: ${reasonOf(error)}.`,
      fix,
    );
  }
  return ok(`Cell ${cell.cell} answers at ${cell.api_url}, and routers at ${place}.`);
}

/** Fingerprints of the host keys that all cells have. */
async function readKnown(directory: Directory): Promise<string[]> {
  const keys = await directory.run<{ public_key: string }>(
    `select public_key from directory.server_keys where public_key like 'ssh-ed25519 %'`,
  );
  return keys.map(({ public_key }) => fingerprintText(parsePublicKey(public_key)));
}
