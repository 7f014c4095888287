/** The kinds of channels, and what a person enters for each: as the senders of src/alerts take it, which a test compares. */

/** Those that a person enters something for. */
export const TARGET_FIELDS = {
  ntfy: ['topic', 'server', 'token'],
  telegram: ['token', 'chat_id'],
  pushover: ['user', 'token'],
  gotify: ['server', 'token'],
  apprise: ['server', 'key', 'tag'],
  webhook: ['url', 'secret'],
} as const;
export type TargetKind = keyof typeof TARGET_FIELDS;
export type FieldName = (typeof TARGET_FIELDS)[TargetKind][number];

/** In the order in which they are offered: the easiest first. */
export const KINDS = [
  'web_push',
  'email',
  'ntfy',
  'telegram',
  'pushover',
  'gotify',
  'apprise',
  'webhook',
] as const satisfies readonly (TargetKind | 'web_push' | 'email')[];
export type Kind = (typeof KINDS)[number];

/** What may stay empty. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'ntfy.server',
  'ntfy.token',
  'apprise.tag',
  'webhook.secret',
]);

export function isOptional(kind: TargetKind, field: FieldName): boolean {
  return OPTIONAL.has(`${kind}.${field}`);
}

/** The stored name of a kind; undefined: a later version of the server made it. */
export function kindOf(name: string): Kind | undefined {
  return KINDS.find((kind) => kind === name);
}

export function isTarget(kind: Kind): kind is TargetKind {
  return kind in TARGET_FIELDS;
}

export type Entered = Partial<Record<FieldName, string>>;

/** What is sent of what was entered: without what was left empty. */
export function settingsOf(kind: TargetKind, entered: Entered): Record<string, string> {
  return Object.fromEntries(
    TARGET_FIELDS[kind]
      .map((field) => [field, entered[field]?.trim() ?? ''] as const)
      .filter(([, value]) => value !== ''),
  );
}

/** Whether everything that must be there is. */
export function isComplete(kind: TargetKind, entered: Entered): boolean {
  const settings = settingsOf(kind, entered);
  return TARGET_FIELDS[kind].every((field) => isOptional(kind, field) || field in settings);
}

/** A topic of ntfy that nobody guesses: 60 random bits. */
export function randomTopic(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `home-${[...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('')}`;
}

/** 32, without those that are read as others. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
