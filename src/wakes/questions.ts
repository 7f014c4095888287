/** What processes ask and tell each other, as it travels: sealed, so that who carries it can neither read, change, repeat nor invent it. */
import { deriveKey, seal, unseal } from '../sealing.ts';

/** A process of the role `commands-server`. */
export type NodeAddress = {
  /** Chosen anew at each start. */
  instance: string;
  /** Where it answers over HTTP; null: nowhere. */
  url: string | null;
};

/** Answers a question. What it throws is not told to who asks. */
export type Answerer = (question: string) => Promise<string>;

/** Nobody is there who could answer: the process is gone. */
export class NobodyThereError extends Error {
  constructor() {
    super('nobody is there');
  }
}

/** No answer came. */
export class NoAnswerError extends Error {}

/** Bytes of a text: 1 MB, of which NATS carries a little more. */
export const LONGEST_TEXT = 1_000_000;
/** Bytes of what is sealed, at most. */
export const LONGEST_MESSAGE = LONGEST_TEXT + 1_024;

export const TOO_LONG = 'its answer is larger than 1 MB';

/** Milliseconds that the clocks of two machines may differ by; for so long a question is remembered. */
const LATEST = 60_000;

/** A question on its way, and what reads the answer to it. */
export type Asked = {
  message: Buffer;
  /** Throws NoAnswerError for what is not the answer to this question. */
  read: (answer: Uint8Array) => string;
};

/** Seals questions and answers among those who have the same SECRET_KEY. */
export interface Seals {
  ask: (instance: string, question: string) => Asked;
  /** Gives the answer to a message; undefined, and nobody is asked, if it is no question to this instance, old, or said before. */
  answer: (
    instance: string,
    message: Uint8Array,
    answerer: Answerer,
  ) => Promise<Buffer | undefined>;
  /** Seals what is said to all. */
  say: (text: string) => Buffer;
  /** What was said to all; undefined if it was not sealed here, is old, or was heard before. */
  hear: (message: Uint8Array) => string | undefined;
}

export function createSeals(secretKey: string): Seals {
  const questions = deriveKey(secretKey, 'questions between nodes');
  const answers = deriveKey(secretKey, 'answers between nodes');
  const statements = deriveKey(secretKey, 'statements of nodes');
  const isNew = createMemory();
  return {
    ask: (instance, question) => {
      const message = seal(`${instance} ${Date.now()}\n${question}`, questions);
      return { message, read: (answer) => readAnswer(open(answer, answers), idOf(message)) };
    },
    answer: async (instance, message, answerer) => {
      const { words, text } = open(message, questions);
      const [to, at] = words;
      if (to !== instance || !isInTime(at) || !isNew(idOf(message))) return undefined;
      const { outcome, answer } = await run(answerer, text);
      return seal(`${idOf(message)} ${outcome}\n${answer}`, answers);
    },
    say: (said) => seal(`${Date.now()}\n${said}`, statements),
    hear: (message) => {
      const { words, text } = open(message, statements);
      return isInTime(words[0]) && isNew(idOf(message)) ? text : undefined;
    },
  };
}

/** @param at when it was sealed, as the message says; absent if it could not be opened */
function isInTime(at: string | undefined): boolean {
  return Math.abs(Date.now() - Number(at)) <= LATEST;
}

/** Nothing, if it was not sealed with this key. */
function open(message: Uint8Array, key: Buffer): { words: string[]; text: string } {
  if (message.length > LONGEST_MESSAGE) return { words: [], text: '' };
  let opened: string;
  try {
    opened = unseal(Buffer.from(message), key);
  } catch {
    return { words: [], text: '' };
  }
  const end = opened.indexOf('\n');
  return { words: opened.slice(0, end).split(' '), text: opened.slice(end + 1) };
}

async function run(
  answerer: Answerer,
  question: string,
): Promise<{ outcome: 'done' | 'too-long' | 'failed'; answer: string }> {
  try {
    const answer = await answerer(question);
    return isShort(answer) ? { outcome: 'done', answer } : { outcome: 'too-long', answer: '' };
  } catch {
    return { outcome: 'failed', answer: '' };
  }
}

function readAnswer({ words, text }: ReturnType<typeof open>, question: string): string {
  const [of, outcome] = words;
  if (of !== question) throw new NoAnswerError('its answer is not genuine');
  if (outcome === 'too-long') throw new NoAnswerError(TOO_LONG);
  if (outcome !== 'done') throw new NoAnswerError('it failed to answer');
  return text;
}

/** The answer, unless it is too long to be carried. Throws NoAnswerError. */
export function requireShort(answer: string): string {
  if (isShort(answer)) return answer;
  throw new NoAnswerError(TOO_LONG);
}

/** Whether a text can be carried. */
export function isShort(answer: string): boolean {
  return Buffer.byteLength(answer) <= LONGEST_TEXT;
}

/** What no two messages share: the beginning, which was chosen at random when it was sealed. */
function idOf(message: Uint8Array): string {
  return Buffer.from(message.subarray(0, 12)).toString('base64url');
}

/** Says whether something is new, for as long as a question is taken. */
function createMemory(): (id: string) => boolean {
  let [recent, before] = [new Set<string>(), new Set<string>()];
  let turnedAt = Date.now();
  return (id) => {
    // A question can be as far ahead of this clock as behind it.
    if (Date.now() - turnedAt > 2 * LATEST) {
      [recent, before] = [new Set(), recent];
      turnedAt = Date.now();
    }
    if (recent.has(id) || before.has(id)) return false;
    recent.add(id);
    return true;
  };
}
