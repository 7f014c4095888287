/** Where hints and questions go on NATS, and how they are written; what others have written is not trusted. */
import type { Heard, Hint, Topic } from './wakes.ts';

/** Bytes of a hint: a user's id, a router's with four for each letter, and a word. */
const LONGEST_HINT = 1_100;

/** A user, an instance: what can be a part of a subject. */
const NAME = /^[\w-]{1,64}$/;
/** `<user_id> <router_id>`; a router chooses its own id. */
const ROUTER = /^[\w-]{1,64} .{1,255}$/su;
const ASK = ' ask';

/** `np1`: the format of what is below. */
const prefixOf = (cell: number) => `np1.${cell}`;

/** What a message goes to. Undefined: nobody, as a router that is connected nowhere reads what it must do when it connects. */
export function messageOf(
  cell: number,
  hint: Hint,
): { subject: string; payload: string } | undefined {
  const { topic, key, node } = hint;
  const prefix = prefixOf(cell);
  if (topic === 'alerts') return { subject: `${prefix}.alerts`, payload: '' };
  if (topic === 'user')
    return NAME.test(key) ? { subject: `${prefix}.user.${key}`, payload: '' } : undefined;
  if (node === undefined || !NAME.test(node)) return undefined;
  return { subject: lookSubject(cell, node), payload: topic === 'ask' ? `${key}${ASK}` : key };
}

/** What brings these hints. */
export function subjectOf(cell: number, topic: Topic, { key, node }: Heard): string {
  if (topic === 'alerts') return `${prefixOf(cell)}.alerts`;
  const part = (name: string | undefined) => (name !== undefined && NAME.test(name) ? name : '*');
  return topic === 'user' ? `${prefixOf(cell)}.user.${part(key)}` : lookSubject(cell, part(node));
}

function lookSubject(cell: number, node: string): string {
  return `${prefixOf(cell)}.node.${node}.look`;
}

/** What takes questions for an instance. */
export function questionsSubject(cell: number, instance: string): string {
  return `${prefixOf(cell)}.node.${NAME.test(instance) ? instance : 'nobody'}.ask`;
}

/** What the heartbeats of all Commands-Servers come to. */
export function heartbeatsSubject(cell: number): string {
  return `${prefixOf(cell)}.nodes`;
}

/** What answers come to, so that each role can be allowed its own. */
export function inboxPrefix(cell: number): string {
  return `_INBOX.${prefixOf(cell)}`;
}

/** The hint in a message; undefined if it is none. */
export function hintOf(cell: number, subject: string, payload: Uint8Array): Hint | undefined {
  const prefix = `${prefixOf(cell)}.`;
  if (!subject.startsWith(prefix) || payload.length > LONGEST_HINT) return undefined;
  const [kind, name = '', verb, ...more] = subject.slice(prefix.length).split('.');
  if (more.length > 0) return undefined;
  if (kind === 'alerts' && name === '') return { topic: 'alerts', key: '' };
  if (!NAME.test(name)) return undefined;
  if (kind === 'user' && verb === undefined) return { topic: 'user', key: name };
  if (kind !== 'node' || verb !== 'look') return undefined;
  const text = Buffer.from(payload).toString();
  const isAsk = text.endsWith(ASK);
  const key = isAsk ? text.slice(0, -ASK.length) : text;
  return ROUTER.test(key) ? { topic: isAsk ? 'ask' : 'router', key, node: name } : undefined;
}
