import type { Command } from 'commander';
import { ConflictError, InvalidInputError } from '../errors.ts';
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
    const target = config.cell?.target;
    if (target === undefined)
      throw new InvalidInputError([
        { field: 'TARGET_DATABASE_URL', expected: `the database of cell ${number}` },
      ]);
    const cells = await directory.listCells();
    if (number === own || !cells.some(({ cell }) => cell === number))
      throw new ConflictError(
        number === own
          ? `This is cell ${own}: run it in the cell that ${email} lives in.`
          : `There is no cell ${number}: see \`netpilot cell list\`.`,
      );
    await withCurrentDeployment(config, async ({ addresses: { admin } }) => {
      for (const address of [admin, target]) await requireOperator(address);
      const from = { cell: own, admin };
      const people = (await findHousehold({ from, email })).map((person) => person.email);
      await confirm(yes, {
        warning: `This moves ${people.join(', ')} to cell ${number}. For a few seconds they can change nothing, and their routers connect anew.`,
        answer: email,
      });
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
      printResult(
        wantsJson(command),
        { people },
        () => `What was left of ${people} ${people === 1 ? 'person' : 'people'} is deleted.`,
      );
    });
  });
}
