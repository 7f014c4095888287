import { readEnvironment } from '../config/config.ts';
import { reportFailure } from './failure.ts';
import { createProgram } from './program.ts';

// A reader that stops early (`| head`) is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  const exitCode = reportFailure(error, {
    // Read from argv, not from commander: the command line itself may be wrong.
    json: process.argv.includes('--json'),
    stack: ['debug', 'trace'].includes(readEnvironment()['LOG_LEVEL'] ?? ''),
  });
  // Not only exitCode: interrupted work may hold connections open.
  process.exit(exitCode);
}
