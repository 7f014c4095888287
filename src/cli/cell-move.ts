import type { Command } from 'commander';
import type { Cell, Directory } from '../cells/directory.ts';
import { ConflictError, InvalidInputError, NotFoundError, UnavailableError } from '../errors.ts';
import { parseEmail } from '../email.ts';
import { confirm } from './confirm.ts';
import { withDirectory } from './directory.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printNote, printResult } from './output.ts';

/** `netpilot cell move` and `purge` */
export function addMove(cell: Command, parseNumber: (text: string) => number): void {
  cell
    .command('move')
    .description('move somebody from this cell to another, with all who share a home with them')
    .argument('<user>', "the user's e-mail address")
    .argument('<cell>', 'the number of the cell to move to', parseNumber)
    .option('--yes', 'do not ask for confirmation')
    .action(move)
    .addHelpText(
      ...examples([
        'netpilot cell move ann@example.com 7',
        'with TARGET_DATABASE_URL, the database of cell 7; run again after a failure, it ends what it began',
      ]),
    );
  cell
    .command('purge')
    .description('delete what is left here of those who were moved away more than a day ago')
    .option('--now', 'also of those who were moved today, but for the last five minutes')
    .option('--yes', 'do not ask for confirmation')
    .action(purge)
    .addHelpText(...examples(['netpilot cell purge --now', 'the service does it after a day']));
}

async function move(
  text: string,
  number: number,
  { yes }: { yes?: boolean },
  command: Command,
): Promise<void> {
  const email = parseEmail(text, 'user');
  const config = configOf(command);
  const { findHousehold, moveHousehold } = await import('../cells/moving.ts');
  const { withCurrentDeployment, requireOperator } = await import('./database.ts');
  await withDirectory(config, async (directory, own) => {
    const goal = await findGoal(directory, { email, own, number });
    const target = config.cell?.target;
    if (target === undefined)
      throw new InvalidInputError([
        {
          field: 'TARGET_DATABASE_URL',
          expected: `the database of cell ${number}, with the operator's login`,
        },
      ]);
    await withCurrentDeployment(config, async ({ addresses: { admin } }, signal) => {
      await requireOperator(admin);
      await requireOperator(target, 'TARGET_DATABASE_URL');
      const from = { cell: own, admin };
      const household = await findHousehold({ from, email });
      const people = household.map((person) => person.email);
      // What was begun is ended in any case.
      if (household.every(({ moved_to }) => moved_to === null)) await requireReady(directory, goal);
      await confirm(yes, {
        warning: `This moves ${people.join(', ')} to cell ${number}. For a few seconds they can change nothing, and their routers connect anew.`,
        answer: email,
      });
      signal.addEventListener('abort', () =>
        printNote(
          wantsJson(command),
          'Run the same command again: it begins anew, or ends what it began.',
        ),
      );
      const to = { cell: number, admin: target };
      const { rows } = await moveHousehold({ directory, from, to, email });
      printResult(
        wantsJson(command),
        { people, from: own, to: number, rows },
        () => `${people.join(', ')} ${people.length === 1 ? 'lives' : 'live'} in cell ${number}.`,
      );
      if (rows === null)
        printNote(wantsJson(command), 'They had been moved before: what was left to do is done.');
    });
  });
}

/** The cell to move to. Throws NotFoundError, and ConflictError if it is this one. */
async function findGoal(
  directory: Directory,
  { email, own, number }: { email: string; own: number; number: number },
): Promise<Cell> {
  if (number === own)
    throw new ConflictError(
      `This is cell ${own}: run it in the cell that ${email} lives in, with its CELL.`,
    );
  const goal = (await directory.listCells()).find(({ cell }) => cell === number);
  if (goal === undefined) throw new NotFoundError('cell', String(number));
  return goal;
}

/** Throws ConflictError unless the cell takes people, and UnavailableError unless it answers requests and routers. */
async function requireReady(directory: Directory, goal: Cell): Promise<void> {
  if (goal.state !== 'open')
    throw new ConflictError(
      `Cell ${goal.cell} is ${goal.state}: open it with \`netpilot cell open ${goal.cell}\` first.`,
    );
  const { checkCell } = await import('../doctor/cells.ts');
  const { state, message, fix } = await checkCell(directory, goal);
  if (state === 'fail') throw new UnavailableError(`${message} Nothing was moved: ${fix}`);
}

type PurgeOptions = { now?: boolean; yes?: boolean };

async function purge({ now = false, yes }: PurgeOptions, command: Command): Promise<void> {
  const config = configOf(command);
  const { purgeMoved } = await import('../cells/moving.ts');
  const { withCurrentDeployment, requireOperator } = await import('./database.ts');
  await withDirectory(config, async (_directory, own) => {
    await confirm(yes, {
      warning: 'This deletes the rows of people who were moved away. They live in other cells.',
      answer: 'purge',
    });
    await withCurrentDeployment(config, async ({ addresses: { admin } }) => {
      await requireOperator(admin);
      const people = await purgeMoved(admin, own, now);
      printResult(wantsJson(command), { people }, () =>
        people === 0
          ? `Nobody was moved away more than ${now ? 'five minutes' : 'a day'} ago.`
          : `What was left of ${people} ${people === 1 ? 'person' : 'people'} is deleted.`,
      );
    });
  });
}
