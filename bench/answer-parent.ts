import { readFileSync } from 'node:fs';

/** Answers by IPC what a bench asks of its server: `memory` (bytes), `cpu` (seconds), `connected` (routers); `stop` ends the process. */
export function answerParent(connected: () => number): void {
  process.on('message', (question) => {
    switch (question) {
      case 'memory':
        globalThis.gc?.();
        process.send?.(proportionalMemory());
        break;
      case 'cpu': {
        const { user, system } = process.cpuUsage();
        process.send?.((user + system) / 1e6);
        break;
      }
      case 'connected':
        process.send?.(connected());
        break;
      case 'stop':
        process.exit();
    }
  });
}

/** Bytes of this process, what it shares counted in part. */
function proportionalMemory(): number {
  const [, kilobytes] =
    /^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
