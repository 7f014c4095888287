import type { Command } from 'commander';
import { openUntouched } from '../doctor/database.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { whileOpen } from './database.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { paint, printable, printResult } from './output.ts';

const COLOR = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

/** `netpilot doctor` */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'check database, roles, migrations, row-level security, Commands-Server, issuer, clock and disk, and say how to mend what is wrong; changes nothing',
    )
    .action(doctor)
    .addHelpText(
      ...examples(
        ['netpilot doctor', 'exit code 5 when something must be mended'],
        ['netpilot doctor --json', 'for a monitor'],
      ),
    );
}

async function doctor(_options: unknown, command: Command): Promise<void> {
  const config = configOf(command);
  const findings = await whileOpen(
    () => openUntouched(config),
    (patient) => examine(config, patient),
  );
  const failed = findings.filter(({ state }) => state === 'fail').length;
  printResult(wantsJson(command), { ok: failed === 0, findings }, () =>
    [...findings.map(formatFinding), '', summarise(failed)].join('\n'),
  );
  if (failed > 0) process.exitCode = 5;
}

function formatFinding({ check, state, says, mend }: Finding): string {
  const line = `${paint(COLOR[state], state.padEnd(4))}  ${check.padEnd(18)}  ${printable(says)}`;
  return mend === undefined ? line : `${line}\n      → ${printable(mend)}`;
}

function summarise(failed: number): string {
  if (failed === 0) return 'NetPilot is well.';
  return `${failed} ${failed === 1 ? 'thing' : 'things'} must be mended.`;
}
