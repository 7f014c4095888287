/** An alert on its way: as it is stored for a channel, and as a sender gets it. */
import { type Static, Type } from 'typebox';
import type { AlertFacts } from './alerts-of.ts';
import { type AlertKind, KINDS, type Severity } from './kinds.ts';
import type { Language } from './words.ts';

/** What the column `message` of a delivery has. Links are made when it is sent: none of their secrets is stored. */
export const StoredMessage = Type.Object({
  at: Type.String(),
  title: Type.String(),
  text: Type.String(),
  path: Type.String(),
  home: Type.Object({ id: Type.String(), name: Type.String() }),
  facts: Type.Unsafe<AlertFacts>(Type.Object({})),
  /** The labels of its buttons. */
  buttons: Type.Array(Type.String()),
  /** Where an e-mail goes. */
  to: Type.Union([Type.String(), Type.Null()]),
});
export type StoredMessage = Static<typeof StoredMessage>;

/** What a sender makes a request of. */
export type AlertMessage = {
  /** Of the delivery: the same if it is sent again. */
  id: string;
  kind: AlertKind;
  type: string;
  severity: Severity;
  priority: 2 | 3 | 4;
  /** When it happened: RFC 3339. */
  at: string;
  title: string;
  text: string;
  /** What it is about, for threads and for what replaces what. */
  thing: string;
  /** The page that shows more. */
  url: string;
  home: { id: string; name: string };
  facts: AlertFacts;
  /** One-time links, each with the label of its button. */
  buttons: readonly { label: string; url: string }[];
  language: Language;
};

/** What a delivery has besides the stored message. */
export type Envelope = {
  id: string;
  kind: AlertKind;
  thing: string;
  language: Language;
  publicUrl: string;
  /** Of the buttons, in their order. */
  buttonUrls: readonly string[];
};

export function openMessage(
  { at, title, text, path, home, facts, buttons }: StoredMessage,
  { id, kind, thing, language, publicUrl, buttonUrls }: Envelope,
): AlertMessage {
  const { type, severity, priority } = KINDS[kind];
  return {
    id,
    kind,
    type,
    severity,
    priority,
    at,
    title,
    text,
    thing,
    url: `${publicUrl}${path}`,
    home,
    facts,
    buttons: buttons.map((label, index) => ({ label, url: buttonUrls[index] ?? publicUrl })),
    language,
  };
}
