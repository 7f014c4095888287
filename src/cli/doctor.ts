import type { Command } from 'commander';
import type { Finding } from '../doctor/check.ts';
import { whileOpen } from './interruption.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { paint, printable, printResult } from './output.ts';

const COLOR = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

/** `netpilot doctor` */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'check database, roles, migrations, row-level security, Commands-Server, the port for routers, issuer, clock and disk, and say how to fix problems; changes nothing',
    )
    .action(doctor)
    .addHelpText(
      ...examples(
        ['netpilot doctor', 'exit code 5 if a check failed'],
        ['netpilot doctor --json', 'for a monitor'],
      ),
    );
}

async function doctor(_options: unknown, command: Command): Promise<void> {
  const config = configOf(command);
  const { openUnchanged } = await import('../doctor/database.ts');
  const { examine } = await import('../doctor/examine.ts');
  const findings = await whileOpen(
    () => openUnchanged(config),
    (opened) => examine(config, opened),
  );
  const failed = findings.filter(({ state }) => state === 'fail').length;
  printResult(wantsJson(command), { ok: failed === 0, findings }, () =>
    [...findings.map(formatFinding), '', summarise(failed)].join('\n'),
  );
  if (failed > 0) process.exitCode = 5;
}

function formatFinding({ check, state, message, fix }: Finding): string {
  const line = `${paint(COLOR[state], state.padEnd(4))}  ${check.padEnd(18)}  ${printable(message)}`;
  return fix === undefined ? line : `${line}\n      → ${printable(fix)}`;
}

function summarise(failed: number): string {
  if (failed === 0) return 'All checks passed.';
  return `${failed} ${failed === 1 ? 'check' : 'checks'} failed.`;
}
