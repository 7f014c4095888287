/** Prints a program as a router gets it, for shellcheck: `netpilot-agent`, or `install.sh`. */
import { readAgentFile } from '../src/fleet/openwrt/agent-program.ts';

process.stdout.write(
  await readAgentFile(process.argv[2] === 'install.sh' ? 'install.sh' : 'netpilot-agent'),
);
