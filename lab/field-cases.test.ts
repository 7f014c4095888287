/** Situations from the field, each by the name of its folder in testing/field-cases. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAgentFile } from '../src/fleet/openwrt/agent-program.ts';
import { caseFile, look } from './field-case.ts';

describe('02-wan-has-a-clients-mac', () => {
  const name = '02-wan-has-a-clients-mac';
  const pc = '02:1b:00:00:00:77';

  test('a PC whose MAC the WAN port was given is blocked', () => {
    expect(look(name).sets).toMatchObject({ blocked: [pc], to_blocked4: ['192.168.1.77'] });
  });

  test('it gets through if it is listed', () => {
    const document = ['mode whitelist', 'limit 0', 'full -', `list ${pc}`];
    expect(look(name, { document }).sets).toMatchObject({
      listed: [pc],
      to_listed4: ['192.168.1.77'],
    });
  });

  test('the router on its LAN and its addresses are never blocked', () => {
    const document = ['mode none', 'limit -', 'full -'];
    for (const own of ['02:77:00:00:00:01', '192.168.1.1', '100.64.3.9'])
      document.push(`block ${own}`);
    expect(look(name, { document }).sets).not.toHaveProperty('blocked');
    expect(look(name, { document }).sets).not.toHaveProperty('blocked4');
  });
});

describe('08-walks-over-to-the-repeater', () => {
  const name = '08-walks-over-to-the-repeater';

  test('the lease of a blocked device holds for its address, whatever MAC answers for it', () => {
    expect(look(name).sets).toMatchObject({
      blocked4: ['192.168.1.101'],
      to_blocked4: ['192.168.1.101'],
    });
  });

  test('all behind the repeater are on the list by name', () => {
    const { devices } = look(name);
    expect(devices).toContain('device 02:aa:00:00:00:01 192.168.1.101 online kids-tablet');
    expect(devices).toContain('device 02:aa:00:00:00:02 192.168.1.102 online dads-phone');
  });

  test('a device that is limited stays limited behind the repeater', () => {
    const document = ['mode blacklist', 'limit 2000000', 'full -', 'list 02:aa:00:00:00:02'];
    expect(look(name, { document }).sets).toMatchObject({
      listed4: ['192.168.1.102'],
      to_listed4: ['192.168.1.102'],
    });
  });

  test('an address that somebody only claims is not let through by a list', () => {
    const document = ['mode whitelist', 'limit 0', 'full -', 'list 02:aa:00:00:00:02'];
    expect(look(name, { document }).sets).not.toHaveProperty('listed4');
  });
});

describe('12-static-neighbours', () => {
  const name = '12-static-neighbours';

  test('the state is read wherever it stands, and what says nothing is asked', () => {
    expect(look(name).asked).toEqual(['192.168.1.60', '192.168.1.40', '192.168.1.41']);
  });

  test('a static neighbour is online only if it answers', () => {
    expect(look(name).devices).toContain('device 02:1b:00:00:00:60 192.168.1.60 offline -');
    expect(look(name, { answered: ['192.168.1.60'] }).devices).toContain(
      'device 02:1b:00:00:00:60 192.168.1.60 online -',
    );
  });
});

test('16-leases-are-elsewhere: names come from where UCI says, in dnsmasq’s and odhcpd’s form', () => {
  expect(look('16-leases-are-elsewhere').devices.toSorted()).toEqual([
    'device 02:1b:00:00:00:01 192.168.1.70 online living-tv',
    'device 02:1b:00:00:00:03 192.168.1.72 offline -',
  ]);
});

test('18-name-cut-in-a-letter: a long name is cut between two letters', () => {
  const [device = ''] = look('18-name-cut-in-a-letter').devices;
  const name = decodeURIComponent(device.split(' ')[4] ?? '');
  expect(name).toBe('ж'.repeat(42));
});

test('21-lease-of-one-who-was-blocked: the lease says whose the address is now', () => {
  const { devices, sets } = look('21-lease-of-one-who-was-blocked');
  expect(devices.toSorted()).toEqual([
    'device 02:aa:00:00:00:01 192.168.1.60 offline tablet',
    'device 02:bb:00:00:00:02 192.168.1.50 offline camera',
  ]);
  expect(sets).toMatchObject({ to_blocked4: ['192.168.1.60'] });
});

test('48-nft-tells-how-many: the size of a set is not a change of the table', async () => {
  const agent = await readAgentFile('netpilot-agent');
  const [listing = ''] = /^listing\(\) \{[^]*?^\}$/m.exec(agent) ?? [];
  const table = readFileSync(caseFile('48-nft-tells-how-many', 'listing.txt'), 'utf8');
  const list = (text: string) =>
    execFileSync('sh', ['-c', `nft() { cat; }; ${listing}; listing`], {
      input: text,
      encoding: 'utf8',
    });
  expect(list(table)).toContain('size 8192');
  expect(list(table)).toBe(list(table.replace(/\t# count \d+/, '')));
});
