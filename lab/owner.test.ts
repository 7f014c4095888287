/** The one device that no policy keeps from the router: the one that the installer was run from. */
import { afterAll, describe, expect, it } from 'vitest';
import { configure, converse } from './conversation.ts';
import { type Client, createLab, INTERNET4, whyNoLab } from './lab.ts';
import { eventually, reaches } from './probe.ts';

const reason = whyNoLab();
const ROUTER = '192.168.77.1';

describe.skipIf(reason)(`the owner${reason ? ` (not run: ${reason})` : ''}`, async () => {
  if (reason) return;
  const lab = await createLab(2);
  afterAll(() => lab[Symbol.asyncDispose]());
  const [one, two] = lab.clients;
  if (!one || !two) throw new Error('the lab has two clients');
  configure(lab, `owner ${one.mac}`);
  for (const port of ['22', '8022'])
    lab.router.start('busybox', 'nc', '-ll', '-p', port, '-e', 'echo', 'welcome');
  const agent = converse(lab);
  await agent.expect(/^hello /);

  const opens = async (client: Client, port: string): Promise<boolean> => {
    const connect = `busybox nc -w 1 ${ROUTER} ${port} </dev/null`;
    return (await client.run('sh', '-c', connect)).stdout.includes('welcome');
  };

  const policies: [string, string[]][] = [
    ['a block', ['mode none', 'limit -', 'full -', `block ${one.mac}`, `block ${two.mac}`]],
    ['a whitelist of nobody', ['mode whitelist', 'limit 0', 'full -']],
  ];
  it.each(policies)(
    'gets in by SSH in spite of %s, and to nothing else',
    async (name, document) => {
      await eventually(() => opens(two, '22'));
      await agent.apply(name === 'a block' ? 1 : 3, ...document);
      expect(await opens(one, '22')).toBe(true);
      expect(await opens(one, '8022')).toBe(false);
      expect(await reaches(one, INTERNET4)).toBe(false);
      expect(await opens(two, '22')).toBe(false);
      await agent.apply(name === 'a block' ? 2 : 4, 'mode none', 'limit -', 'full -');
    },
  );
});
