/** Prints the agent as a router gets it, for shellcheck. */
import { readAgentFile } from '../src/fleet/openwrt/agent-program.ts';

process.stdout.write(await readAgentFile('netpilot-agent'));
