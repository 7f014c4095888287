/** Who acted, and entries of the same kind as one sentence. Pure. */
import type { AuditEntry } from '../../api/queries.ts';
import { tell } from './sentence.ts';
import type { SayKey, Told } from './told.ts';

/** Who acted: a person by name, or what is not a person. */
export type Who = {
  is: 'you' | 'somebody' | 'operator' | 'netpilot' | 'router' | 'imported';
  /** Of somebody, or of the router. */
  name: string | null;
  /** By which means, if one may know: the API token, or the browser. */
  token: string | null;
  client: string | null;
  /** What the server filters by: the id of a member, or `owner`; null: no person. */
  actor: string | null;
};

/** One sentence, about one entry or several. */
export type Sentence = {
  /** Id of the newest entry. */
  id: string;
  /** When the newest was. */
  at: string;
  isImported: boolean;
  who: Who;
  told: Told;
  /** How many it is about: entries, or what one entry counts. */
  count: number;
  /** Newest first. */
  entries: readonly AuditEntry[];
  /** The router that they are about. */
  router: { id: string; name: string } | undefined;
};

/** What is told together when one follows the other, if who acted and where are the same. */
const FOLDED: ReadonlySet<SayKey> = new Set<SayKey>([
  'allowedAdded',
  'allowedRemoved',
  'blocked',
  'deviceChanged',
  'deviceDeleted',
  'deviceDiscovered',
  'deviceGiven',
  'deviceRecognised',
  'reviewAllowed',
  'reviewRefused',
  'routerRestored',
  'routerScanned',
  'signedIn',
  'signedOut',
  'slowedAdded',
  'slowedRemoved',
  'tokenEnded',
  'unblocked',
]);

/** What came later than this after the one before is told on its own. */
const TOGETHER_MS = 60 * 60_000;

/**
 * The sentences of entries, both newest first.
 * @param me the id of the user who reads
 * @param dayOf the day of a moment: what was on different days is not told together
 */
export function sentencesOf(
  entries: readonly AuditEntry[],
  me: string | undefined,
  dayOf: (at: string) => string = (at) => at.slice(0, 10),
): Sentence[] {
  const sentences: Sentence[] = [];
  let previous: { key: string; at: string } | undefined;
  for (const entry of entries) {
    const told = tell(entry);
    const who = whoOf(entry, me);
    const key = FOLDED.has(told.say) ? keyOf(entry, told, who, dayOf) : undefined;
    const last = sentences.at(-1);
    if (
      last !== undefined &&
      key !== undefined &&
      key === previous?.key &&
      Date.parse(previous.at) - Date.parse(entry.at) < TOGETHER_MS
    )
      sentences[sentences.length - 1] = {
        ...last,
        count: last.count + 1,
        entries: [...last.entries, entry],
      };
    else sentences.push(sentenceOf(entry, told, who));
    previous = key === undefined ? undefined : { key, at: entry.at };
  }
  return sentences;
}

function sentenceOf(entry: AuditEntry, told: Told, who: Who): Sentence {
  const { router_id, router_name } = entry;
  return {
    id: entry.id,
    at: entry.at,
    isImported: entry.imported_at !== null,
    who,
    told,
    count: told.count ?? 1,
    entries: [entry],
    router: router_id === null ? undefined : { id: router_id, name: router_name ?? router_id },
  };
}

function keyOf(
  entry: AuditEntry,
  told: Told,
  { is, name, token, client }: Who,
  dayOf: (at: string) => string,
): string {
  const { router_id, at, imported_at } = entry;
  const day = dayOf(at);
  const device = told.values?.['device'];
  const other = told.other?.text;
  const isImported = imported_at !== null;
  return JSON.stringify([
    told.say,
    is,
    name,
    token,
    client,
    router_id,
    day,
    device,
    other,
    isImported,
  ]);
}

/** Who acted. The owner's entries have no id of who acted, and a name only for others. */
export function whoOf(entry: AuditEntry, me: string | undefined): Who {
  const { actor, actor_id, actor_name, token_name: token, client } = entry;
  const none = { name: null, token, client, actor: null };
  switch (actor) {
    case 'user':
      if (actor_id === null && actor_name === null) return { ...none, is: 'you', actor: 'owner' };
      if (actor_id !== null && actor_id === me) return { ...none, is: 'you', actor: actor_id };
      return { ...none, is: 'somebody', name: actor_name, actor: actor_id ?? 'owner' };
    case 'operator':
      return { ...none, is: 'operator' };
    case 'imported':
      return { ...none, is: 'imported' };
    case 'router':
      return { ...none, is: 'router', name: entry.router_name ?? entry.router_id };
    default:
      return { ...none, is: 'netpilot' };
  }
}
