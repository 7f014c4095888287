import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { JsonObject } from '../../database/schema.generated.ts';
import type { TargetRequest } from '../guarded-request.ts';
import type { AlertMessage } from '../message.ts';
import type { ProblemCode } from '../problem-texts.ts';

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
  /** Where its requests go. */
  address: (settings: unknown) => string;
  request: (message: AlertMessage, settings: unknown, context: SendingContext) => TargetRequest;
  meanings: StatusMeanings;
};

/** What this kind means by a status, where it is not what all of them mean. */
type StatusMeanings = {
  /** What went wrong, by status; a 2xx may be among them. */
  problems?: Readonly<Record<number, ProblemCode>>;
  /** Nobody will ever receive anything there. */
  gone?: readonly number[];
  /** This message will not be taken however often it is sent, or would come twice to some. */
  final?: readonly number[];
};

/** A sender whose settings are parsed before its parts see them. Throws for settings that are not its own. */
export function defineSender<Settings extends TSchema>(
  settings: Settings,
  {
    shown,
    address,
    content,
    ...meanings
  }: StatusMeanings & {
    shown: (settings: Static<Settings>) => JsonObject;
    address: (settings: Static<Settings>) => string;
    content: (
      message: AlertMessage,
      settings: Static<Settings>,
      context: SendingContext,
    ) => Omit<TargetRequest, 'url'>;
  },
): Sender {
  return {
    settings,
    shown: (given) => shown(Value.Parse(settings, given)),
    address: (given) => address(Value.Parse(settings, given)),
    request: (message, given, context) => {
      const parsed = Value.Parse(settings, given);
      return { url: address(parsed), ...content(message, parsed, context) };
    },
    meanings,
  };
}

/** A JSON body with its type. */
export function jsonContent(
  body: object,
  headers: Readonly<Record<string, string>> = {},
): { headers: Readonly<Record<string, string>>; body: string } {
  return {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** A path below the address of a server, which may have a path of its own; what follows that in an address is left out. */
export function below(server: string, path: string): string {
  const [address = ''] = server.split(/[?#]/);
  return `${address.replace(/\/+$/, '')}${path}`;
}

/** The part of a URL that may be shown. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
