import type { Command } from 'commander';
import { parseEmail } from '../accounts/email.ts';
import { whileOpen } from './database.ts';
import { Interrupted } from './interruption.ts';
import { configOf, examples, wantsJson } from './options.ts';
import { printNote, printResult } from './output.ts';

/** `netpilot serve` */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('start everything, until Ctrl-C')
    .option('--port <number>', 'where to listen (default: 8080)')
    .option('--user <email>', 'who the one-time sign-in link is for (default: the only user)')
    .action(start)
    .addHelpText(
      ...examples(
        ['netpilot serve', 'prints a link that signs in once, on this machine'],
        ['netpilot serve --port 9000 --data /srv/netpilot', 'elsewhere'],
      ),
    );
}

async function start({ user }: { user?: string }, command: Command): Promise<void> {
  const config = configOf(command);
  const email = user === undefined ? undefined : parseEmail(user, '--user');
  // Only now: no other command has to wait until a whole server is loaded.
  const { serve } = await import('../http/serve.ts');
  const running = whileOpen(
    async () => {
      const { stop, ...service } = await serve(config, { user: email });
      return { ...service, leave: stop };
    },
    async ({ url, signInLink }) => {
      const told = { url, sign_in_link: signInLink ?? null };
      printResult(wantsJson(command), told, () =>
        signInLink === undefined
          ? `NetPilot is on ${url}`
          : `NetPilot is on ${url} - sign in here, once, within 10 minutes: ${signInLink}`,
      );
      // Until a signal ends it.
      await new Promise<never>(() => undefined);
    },
  );
  await running.catch((error: unknown) => {
    // A server is ended by a signal, always: that is its success.
    if (!(error instanceof Interrupted)) throw error;
  });
  printNote(wantsJson(command), 'NetPilot has stopped.');
}
