import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timedDocument, WEEK } from '../../testing/documents.ts';
import { writeDocument } from '../fleet/openwrt/document-lines.ts';
import { cutDocument } from '../fleet/openwrt/document-pieces.ts';
import { parseAgentMessage } from '../fleet/openwrt/messages.ts';
import { accessIn } from '../policy/document-access.ts';
import { FEATURES, createAgent } from './agent.ts';
import { createHome } from './home.ts';

const DOCUMENT = [
  'mode whitelist',
  'limit 0',
  'full -',
  'block 9a:8d:bc:e0:52:41',
  'list 10.0.0.2',
];

function newAgent() {
  const agent = createAgent(createHome(1, 2));
  const tell = (lines: readonly string[]) => lines.flatMap((line) => agent.answer(line));
  const apply = (revision: number, document: readonly string[], count = document.length) =>
    tell([`apply ${revision} ${count}`, ...document, `end ${revision}`]);
  return { agent, tell, apply };
}

describe('a simulated agent', () => {
  test('says hello as a router that was just linked', () => {
    expect(newAgent().agent.hello()).toMatch(
      /^hello [\w.-]+ 0 none nft 94:83:c4:00:00:01 chunks,partial,time,rates,networks,places,router,health,usage,wake,redial,move$/,
    );
  });

  test('answers ping and status, and tells every address in a scan', () => {
    const { agent, tell } = newAgent();
    expect(tell(['ping 7'])).toEqual(['pong 7']);
    expect(tell(['status 8'])).toEqual(['status 8 0 none nft']);
    const lines = agent.answer('scan 9');
    const [told, placed] = [lines.slice(0, 6), lines.slice(7)];
    expect(told.map((line) => parseAgentMessage(line)?.kind)).toEqual(
      Array.from({ length: 6 }, () => 'device'),
    );
    expect(lines[6]).toBe('scanned 9 6');
    const online = new Set(
      told.filter((line) => line.includes(' online ')).map((line) => line.split(' ')[1]),
    );
    expect(placed.map((line) => line.split(' ')[1])).toEqual([...online]);
    for (const line of placed) expect(parseAgentMessage(line)).toMatchObject({ kind: 'place' });
  });

  test('tells what it is, how the internet answers, and what devices use, as it is asked', () => {
    let uptime = 0;
    const agent = createAgent(
      createHome(1, 12),
      () => uptime,
      () => new Date(2026, 10, 27, 20, 0),
    );
    const kinds = (seconds: number) => {
      uptime += seconds;
      const said = agent.tell();
      for (const line of said) expect(parseAgentMessage(line)).toBeDefined();
      return said.map((line) => line.split(' ')[0]);
    };
    expect(kinds(0)).toEqual(['router']);
    expect(kinds(1)).toEqual([]);
    agent.answer('health 192.0.2.1 2001:db8::1');
    expect(kinds(5).at(-1)).toBe('used');
    expect(kinds(15)).toEqual(['health']);
    expect(kinds(60).filter((kind) => kind !== 'use')).toEqual(['health', 'used']);
    agent.answer('usage 60');
    expect(kinds(2).at(-1)).toBe('used');
    expect(kinds(2).at(-1)).toBe('used');
    agent.answer('health - -');
    expect(kinds(60)).not.toContain('health');
    expect(kinds(300)).toContain('router');
  });

  test('lets nothing through of those it blocks, and no more than its rate of those it limits', () => {
    const home = createHome(1, 12);
    const at = new Date(2026, 10, 27, 20, 0);
    home.liveUntil(at, () => ({ isBlocked: false, down: null, up: null }));
    const [one, other] = home.use(at, 60, () => ({ isBlocked: false, down: null, up: null }));
    const agent = createAgent(home, undefined, () => at);
    const document = [
      'mode none',
      'limit -',
      'full -',
      `block ${one?.mac}`,
      `rate ${other?.mac} 80 8`,
    ];
    for (const line of ['apply 1 5', ...document, 'end 1']) agent.answer(line);
    const used = home.use(at, 60, agent.access);
    expect(used.map(({ mac }) => mac)).not.toContain(one?.mac);
    expect(used).toContainEqual({ mac: other?.mac, down: 600, up: 60 });
  });

  test('does what a document says, from the one it took last', () => {
    const { agent, tell, apply } = newAgent();
    expect(apply(5, DOCUMENT)).toEqual(['applied 5']);
    expect(agent.policy()).toEqual({ revision: 5, document: DOCUMENT });
    expect(tell(['status 1'])).toEqual(['status 1 5 intact nft']);
    expect(agent.hello()).toContain(' 5 intact ');
    expect(apply(3, DOCUMENT.slice(0, 3))).toEqual(['applied 3']);
  });

  test('opens and closes windows by the time that the server says, and not before it does', () => {
    let uptime = 1_000;
    const agent = createAgent(createHome(1, 2), () => uptime);
    const [ann, ben] = ['9a:8d:bc:e0:52:41', '10.0.0.2'];
    const document = [
      'mode none',
      'limit -',
      'full -',
      `rate ${ben} 5000 0`,
      'window 1 2000000000 2000000100',
      'window 2 2001000000 2001000100',
      'once 2',
      `when 1 block ${ann}`,
      `when 2 rate ${ann} 7 -`,
    ];
    for (const line of ['apply 1 9', ...document, 'end 1']) agent.answer(line);
    expect(agent.answer('status 1')).toEqual(['status 1 1 intact nft held']);
    expect(agent.answer('time 1999999990')).toEqual([]);
    const seen = [0, 9, 10, 109, 110, 10 + 7 * 86_400, 10 + 1_000_000].map((seconds) => {
      uptime = 1_000 + seconds;
      const { isBlocked, down } = agent.access(ann);
      return isBlocked ? 'blocked' : down;
    });
    expect(seen).toEqual([null, null, 'blocked', 'blocked', null, 'blocked', 7]);
    expect(agent.access(ben)).toEqual({ isBlocked: false, down: 5_000, up: 0 });
    expect(agent.answer('status 2')).toEqual(['status 2 1 intact nft repeated']);
    expect(agent.answer('time 0')).toEqual(['error bad-token']);
  });

  test('does what any document says, at any instant: as accessIn has it', () => {
    const devices = ['02:00:00:00:00:01', '02:00:00:00:00:04', '192.168.77.11'];
    fc.assert(
      fc.property(timedDocument, fc.integer({ min: 1, max: 5 * WEEK }), (document, instant) => {
        const agent = createAgent(createHome(1, 2), () => 100);
        const lines = writeDocument(document, FEATURES);
        for (const line of [`apply 1 ${lines.length}`, ...lines, 'end 1']) agent.answer(line);
        expect(agent.policy().revision).toBe(1);
        agent.answer(`time ${instant}`);
        for (const device of devices)
          for (const network of [undefined, 'lan', 'guest'])
            expect(agent.access(device, network)).toEqual(
              accessIn(document, device, instant, network),
            );
      }),
    );
  });

  test('catches the phone that comes back with a new random MAC, as it is not known', () => {
    const home = createHome(5, 12);
    let now = new Date(2026, 10, 27, 18, 0);
    const agent = createAgent(
      home,
      () => now.getTime() / 1_000,
      () => now,
    );
    const known = home.neighbours().map(({ mac }) => mac);
    const phone = home.neighbours().find(({ hostname }) => hostname === 'iPad')?.mac ?? '';
    const rules = [`block ${phone}`, 'new * block', 'new guest rate 20000000 -'];
    const lines = [
      'mode none',
      'limit -',
      'full -',
      ...rules,
      ...new Set(known.map((mac) => `known ${mac}`)),
    ];
    for (const line of [`apply 1 ${lines.length}`, ...lines, 'end 1']) agent.answer(line);
    for (let minute = 0; minute < 180; minute += 1) {
      agent.liveUntilNow();
      now = new Date(now.getTime() + 60_000);
    }
    const later = home.neighbours().find(({ hostname, online }) => hostname === 'iPad' && online);
    expect(known).not.toContain(later?.mac);
    expect(agent.access(later?.mac ?? '', 'lan').isBlocked).toBe(true);
    expect(agent.access('02:00:00:00:00:99', 'guest')).toMatchObject({
      isBlocked: false,
      down: 20_000_000,
    });
    expect(home.use(now, 60, agent.access).map(({ mac }) => mac)).not.toContain(later?.mac);
  });

  test.each<[string, readonly string[], number | undefined, string]>([
    ['lacks a line', DOCUMENT, 6, 'incomplete'],
    ['has a line too many', DOCUMENT, 4, 'incomplete'],
    ['has no mode', DOCUMENT.slice(1), undefined, 'invalid'],
    ['has a mode that there is not', ['mode all', ...DOCUMENT.slice(1)], undefined, 'invalid'],
    ['lists something in mode none', ['mode none', ...DOCUMENT.slice(1)], undefined, 'invalid'],
  ])('takes nothing of a document that %s', (_fault, document, count, reason) => {
    const { agent, apply } = newAgent();
    apply(1, DOCUMENT);
    expect(apply(2, document, count)).toEqual([`refused 2 ${reason}`]);
    expect(agent.policy()).toEqual({ revision: 1, document: DOCUMENT });
  });

  test('refuses a line without an address by name, and does the others', () => {
    const { agent, apply } = newAgent();
    expect(apply(2, [...DOCUMENT, 'block $(reboot)'])).toEqual([
      'refusal 2 address block%20%24%28reboot%29',
      'applied 2',
    ]);
    expect(agent.policy()).toEqual({ revision: 2, document: DOCUMENT });
  });

  test('takes a document in chunks, and tells a scan in parts', () => {
    const { tell } = newAgent();
    const block = Array.from({ length: 99 }, (_, index) => `block 10.0.0.${index}`);
    const pieces = cutDocument(2, [...DOCUMENT, ...block], new Set(['chunks']));
    expect(pieces?.[1]).toMatch(/^chunk \d+\n/);
    expect(tell(pieces?.join('').trimEnd().split('\n') ?? [])).toEqual(['applied 2']);
    expect(tell(['scan 9 4']).at(-1)).toBe('more 9 4');
    expect(tell(['more 8'])).toEqual(['error unexpected']);
    expect(tell(['more 9'])).toContain('scanned 9 6');
  });

  test('refuses a document that another one interrupts', () => {
    const { tell } = newAgent();
    expect(
      tell([
        'apply 1 5',
        'mode none',
        'apply 2 3',
        ...'mode none,limit 0,full -'.split(','),
        'end 2',
      ]),
    ).toEqual(['refused 1 incomplete', 'applied 2']);
  });

  test('leaves when it is told to, by its own MAC', () => {
    const { agent, tell, apply } = newAgent();
    apply(1, DOCUMENT);
    expect(tell(['unlink 94:83:c4:00:00:02'])).toEqual(['error bad-token']);
    expect(agent.isUnlinked()).toBe(false);
    expect(tell(['unlink 94:83:c4:00:00:01'])).toEqual(['unlinked']);
    expect(agent.isUnlinked()).toBe(true);
    expect(agent.policy()).toEqual({ revision: 0, document: [] });
  });

  test('does nothing that it does not understand, and says only what the protocol has', () => {
    const word = fc.constantFrom(
      'ping',
      'scan',
      'apply',
      'end',
      'mode',
      'block',
      '1',
      '-1',
      '',
      '$(id)',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.array(word).map((words) => words.join(' ')),
            fc.string(),
          ),
        ),
        (lines) => {
          const { agent, tell } = newAgent();
          for (const said of tell(lines)) expect(parseAgentMessage(said)).toBeDefined();
          expect(agent.policy().revision).toBe(0);
        },
      ),
    );
  });
});
