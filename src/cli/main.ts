import { readEnvironment } from '../config/config.ts';
import { reportFailure } from './failure.ts';
import { createProgram } from './program.ts';

// Whoever reads only the beginning (`| head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  const exitCode = reportFailure(error, {
    // Not commander's word: what is wrong may be the command line itself.
    json: process.argv.includes('--json'),
    stack: ['debug', 'trace'].includes(readEnvironment()['LOG_LEVEL'] ?? ''),
  });
  // Not only exitCode: what was interrupted may hold connections open.
  process.exit(exitCode);
}
