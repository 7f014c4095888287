import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { readAgentFile } from '../src/fleet/openwrt/agent-program.ts';
import type { Lab } from './lab.ts';

/** What is said and heard in a conversation with an agent. */
export type Talk = {
  /** Everything the agent has sent so far. */
  heard: string[];
  /** Says lines; their ends are added. */
  tell: (...lines: string[]) => void;
  /** Waits for a line that the agent sends, or has sent since the last `expect`. */
  expect: (pattern: RegExp) => Promise<string>;
  /** Sends a document, and waits until it holds. */
  apply: (revision: number, ...document: string[]) => Promise<void>;
};

/** The server's side of a conversation with an agent, over pipes. */
export type Conversation = AsyncDisposable &
  Talk & {
    /** Ends it as a crash would. */
    kill: () => Promise<void>;
    /** Writes bytes as they are; resolves when the agent may be sent more. */
    write: (bytes: Buffer) => Promise<void>;
  };

export const AGENT = await readAgentFile('netpilot-agent');

const VERSION = /^VERSION=(\S+)$/m.exec(AGENT)?.[1];

/** The `hello` of the agent of now, by its policy and what limits by rate. */
export function hello(
  revision: number | string,
  state: string,
  limiter = 'nft',
  blocks: number | string = '\\d+',
): RegExp {
  return new RegExp(
    `^hello ${VERSION} ${revision} ${state} ${limiter} 02:77:00:00:00:01 (-|[a-z,]+) ${blocks}\\n?$`,
  );
}

/** Writes what linking would have written, for an agent that is spoken to over pipes. */
export function configure(lab: Lab, ...more: string[]): void {
  writeFileSync(`${lab.root}/usr/sbin/netpilot-agent`, AGENT, { mode: 0o755 });
  mkdirSync(`${lab.root}/etc/netpilot`, { recursive: true });
  const lines = ['router_id mac-027700000001', 'lan br-lan', 'interval 1'];
  writeFileSync(`${lab.root}/etc/netpilot/config`, [...lines, ...more, ''].join('\n'));
}

/** Starts `netpilot-agent talk` on the lab's router. */
export function converse(lab: Lab): Conversation {
  const { process, kill } = lab.image.start('netpilot-agent', 'talk');
  let complaint = '';
  process.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  // An agent that has ended reads nothing: `expect` says so, with all that it said.
  process.stdin.on('error', (error) => (complaint += `${error.message}\n`));
  return {
    kill,
    ...speak(process.stdin, process.stdout, () => complaint),
    write: async (bytes) => {
      if (!process.stdin.write(bytes)) await once(process.stdin, 'drain');
    },
    [Symbol.asyncDispose]: async () => {
      if (process.exitCode !== null) return;
      const exited = new Promise((resolve) => process.once('exit', resolve));
      process.stdin.end();
      await exited;
    },
  };
}

/** A conversation over two streams; `complaint` is what else there is to say if the agent ends. */
export function speak(to: Writable, from: Readable, complaint: () => string): Talk {
  const heard: string[] = [];
  let next = 0;
  let wake = (): void => undefined;
  let ended = false;
  createInterface({ input: from })
    .on('line', (line) => {
      heard.push(line);
      wake();
    })
    .on('close', () => {
      ended = true;
      wake();
    });
  const tell = (...lines: string[]): void => {
    to.write(lines.map((line) => `${line}\n`).join(''));
  };
  const expect = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      for (; next < heard.length; next++) {
        const line = heard[next] ?? '';
        if (pattern.test(line)) {
          next++;
          return line;
        }
      }
      if (ended)
        throw new Error(`the agent ended without ${pattern}: ${heard.join('\n')}\n${complaint()}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    heard,
    tell,
    expect,
    apply: async (revision, ...document) => {
      tell(`apply ${revision} ${document.length}`, ...document, `end ${revision}`);
      const answer = await expect(/^(applied|refused) /);
      if (answer !== `applied ${revision}`) throw new Error(answer);
    },
  };
}
