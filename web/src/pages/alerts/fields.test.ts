import { expect, test } from 'vitest';
import { CHANNEL_KINDS } from '../../../../src/alerts/channel-kinds.ts';
import { SENDERS } from '../../../../src/alerts/senders.ts';
import { KINDS, TARGET_FIELDS, isComplete, isOptional, settingsOf } from './fields.ts';

test('every kind of the server is offered, with the fields that its sender takes', () => {
  expect([...KINDS].toSorted()).toEqual([...CHANNEL_KINDS].toSorted());
  for (const [kind, fields] of Object.entries(TARGET_FIELDS)) {
    const sender = Object.entries(SENDERS).find(([name]) => name === kind)?.[1];
    const { properties, required } = JSON.parse(JSON.stringify(sender?.settings));
    expect([...fields].toSorted()).toEqual(Object.keys(properties).toSorted());
    const needed = fields.filter((field) => !isOptional(kindNamed(kind), field));
    expect(needed.toSorted()).toEqual([...required].toSorted(byText));
  }
});

const byText = (one: string, other: string) => (one < other ? -1 : 1);

test('what is left empty is not sent, and spaces around it are not either', () => {
  const entered = { topic: ' home-x ', server: ' ', token: '' };
  expect(settingsOf('ntfy', entered)).toEqual({ topic: 'home-x' });
  expect(isComplete('ntfy', entered)).toBe(true);
  expect(isComplete('telegram', { token: '1:x' })).toBe(false);
});

function kindNamed(name: string) {
  const kinds = ['ntfy', 'telegram', 'pushover', 'gotify', 'apprise', 'webhook'] as const;
  const found = kinds.find((kind) => kind === name);
  if (found === undefined) throw new Error(`${name} is not a kind`);
  return found;
}
