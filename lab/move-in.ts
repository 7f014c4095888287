/** A home that the tests of field cases move into, and what they change and ask there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import { type Conversation, configure, converse } from './conversation.ts';
import { type Client, type Lab, createLab } from './lab.ts';

export type Home = { lab: Lab; agent: Conversation; one: Client; two: Client };

/** A home whose agent has said hello. What the configuration has besides is `more`. */
export async function moveIn(...more: string[]): Promise<Home> {
  const lab = await createLab(2);
  configure(lab, ...more);
  const agent = converse(lab);
  afterAll(async () => {
    await agent[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });
  await agent.expect(/^hello /);
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  return { lab, agent, one, two };
}

/** Runs lines of shell on the router, with this machine's commands. */
export async function onRouter({ router }: Lab, ...lines: string[]): Promise<void> {
  const { code, stderr } = await router.run('sh', '-ec', lines.join('\n'));
  if (code !== 0) throw new Error(stderr);
}

let scans = 0;
/** The `device` lines of a scan. */
export async function scan(agent: Conversation): Promise<string[]> {
  scans += 1;
  const from = agent.heard.length;
  agent.tell(`scan ${scans}`);
  await agent.expect(new RegExp(`^scanned ${scans} `));
  return agent.heard.slice(from).filter((line) => line.startsWith('device '));
}

/** Appends to a file of the router's configuration. */
export function configureRouter(lab: Lab, file: string, change: (text: string) => string): void {
  const path = `${lab.root}/etc/config/${file}`;
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
