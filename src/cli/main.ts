import { readEnvironment } from '../config/config.ts';
import { errorCode } from '../error-code.ts';
import { reportFailure } from './failure.ts';
import { createProgram } from './program.ts';

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    // A reader that stops early (`| head`) is not a failure. Nor a reason to end at once: what is open must be left in order.
    if (!isReaderGone(error)) process.exitCode = report(error);
  });

try {
  await createProgram().parseAsync();
} catch (error) {
  if (isReaderGone(error)) process.exit(0);
  // Not only exitCode: interrupted work may hold connections open.
  process.exit(report(error));
}

function report(error: unknown): number {
  return reportFailure(error, {
    // Read from argv, not from commander: the command line itself may be wrong.
    json: process.argv.includes('--json'),
    stack: ['debug', 'trace'].includes(logLevel() ?? ''),
  });
}

function logLevel(): string | undefined {
  try {
    return readEnvironment()['LOG_LEVEL'];
  } catch {
    // A `.env` that cannot be read: that is what is reported.
    return process.env['LOG_LEVEL'];
  }
}

function isReaderGone(error: unknown): boolean {
  return errorCode(error) === 'EPIPE';
}
