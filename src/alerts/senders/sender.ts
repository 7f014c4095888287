import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { JsonObject } from '../../database/schema.generated.ts';
import type { TargetRequest } from '../guarded-request.ts';
import type { AlertMessage } from '../message.ts';

/** What a request is made of besides the message and the channel. */
export type SendingContext = {
  /** Milliseconds of the epoch. */
  now: number;
  publicUrl: string;
  /** Signs for push services (VAPID): a private key of P-256. */
  pushKey: Buffer;
};

/** A kind of channel that is reached by one POST. Pure: the request is made here, and sent by `sendToTarget`. */
export type Sender = {
  /** What a person enters. */
  settings: TSchema;
  /** What of it is shown again: nothing that lets somebody else send there, or read. */
  shown: (settings: unknown) => JsonObject;
  request: (message: AlertMessage, settings: unknown, context: SendingContext) => TargetRequest;
  /** A status that says that nobody will ever receive anything there. */
  isGone?: (status: number) => boolean;
};

/** A sender whose settings are parsed before its parts see them. Throws for settings that are not its own. */
export function defineSender<Settings extends TSchema>(
  settings: Settings,
  {
    shown,
    request,
    isGone,
  }: {
    shown: (settings: Static<Settings>) => JsonObject;
    request: (
      message: AlertMessage,
      settings: Static<Settings>,
      context: SendingContext,
    ) => TargetRequest;
    isGone?: Sender['isGone'];
  },
): Sender {
  return {
    settings,
    shown: (given) => shown(Value.Parse(settings, given)),
    request: (message, given, context) => request(message, Value.Parse(settings, given), context),
    ...(isGone && { isGone }),
  };
}

/** A JSON body with its type. */
export function jsonRequest(
  url: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): TargetRequest {
  return {
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** A path below the address of a server, which may have a path of its own. */
export function below(server: string, path: string): string {
  return `${server.replace(/\/+$/, '')}${path}`;
}

/** The part of a URL that may be shown. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
