/** A move in a process of its own, which is killed after a step: its argument has all it needs, as JSON. */
import { openDirectory } from '../src/cells/directory.ts';
import { moveHousehold } from '../src/cells/moving.ts';

const { directory, killAfter, ...move } = JSON.parse(process.argv[2] ?? '{}');
const opened = openDirectory(directory);
await moveHousehold({
  ...move,
  directory: opened,
  onStep: (step) => {
    if (step === killAfter) process.kill(process.pid, 'SIGKILL');
  },
});
await opened.close();
