/** Sends one message to one channel, and says in plain words what went wrong. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Config } from '../config/config.ts';
import { parseJson } from '../parse-json.ts';
import { deriveKey, seal, unseal } from '../sealing.ts';
import { nameCell } from '../secret-cell.ts';
import { TargetError, type TargetRules, sendToTarget } from './guarded-request.ts';
import { MailError, type Mailer, createMailer, mailOf } from './mail.ts';
import type { AlertMessage } from './message.ts';
import { PROBLEM_TEXTS } from './problem-texts.ts';
import { MAIL_PROBLEMS, TARGET_PROBLEMS, problemOfStatus } from './problems.ts';
import { senderOf } from './senders.ts';
import { derivePushKey } from './web-push.ts';

/** What sending needs. Made once for a process. */
export type SendingServices = {
  publicUrl: string;
  /** Links name it; undefined: there are no cells. */
  cell: number | undefined;
  secretKey: string;
  pushKey: Buffer;
  targets: TargetRules;
  /** Undefined: the operator has no mail server. */
  mail: { from: string; send: Mailer } | undefined;
  /** For the operator's log: what people are told is in the outcome. */
  onError: (error: unknown) => void;
  /** Called with true when a target is asked, and with false when it has answered, or is given up. */
  onSending?: ((isSending: boolean) => void) | undefined;
  /** What came of a delivery of this kind of channel, for the operator's metrics. */
  onOutcome?: ((channelKind: string, result: Result) => void) | undefined;
};

/** `failed`: it is tried again; `given_up`: it is not; `gone`: nobody receives anything there any more. */
export type Result = 'delivered' | 'failed' | 'given_up' | 'gone';

/** As the operator has configured it. */
export function sendingServices(
  { publicUrl, cell, alerts: { mail, networks } }: Pick<Config, 'publicUrl' | 'cell' | 'alerts'>,
  secretKey: string,
  onError: SendingServices['onError'],
): SendingServices {
  return {
    publicUrl,
    cell: cell?.number,
    secretKey,
    pushKey: derivePushKey(secretKey),
    targets: { networks },
    mail: mail && { from: mail.from, send: createMailer(mail) },
    onError,
  };
}

/** A channel with what it takes to reach it. */
export type ChannelTarget = { id: string; kind: string; sealed_settings: Buffer };

export type Outcome =
  | { isDelivered: true }
  | {
      isDelivered: false;
      problem: string;
      /** Seconds after which the target wants to be asked again. */
      retryAfter?: number | undefined;
      /** Nobody will ever receive anything there. */
      isGone: boolean;
      /** This message is not sent again. */
      isFinal: boolean;
      /** It is the address that is refused, whatever the message: after some of them the channel says so. */
      isAddressRefused?: boolean;
    };

/** What is sealed in a channel's row. */
export type ChannelSecrets = { settings: unknown; unsubscribe: string | null };

const Secrets = Type.Object({
  settings: Type.Unknown(),
  unsubscribe: Type.Union([Type.String(), Type.Null()]),
});

const SEALED = 'alert channels';

/** A message does not get shorter, and those after it must not wait for it. */
const TOO_LONG = 413;

/** Never throws: what goes wrong is the outcome. */
export async function sendMessage(
  message: AlertMessage,
  channel: ChannelTarget,
  to: string | null,
  services: SendingServices,
): Promise<Outcome> {
  const secrets = openSecrets(channel, services.secretKey);
  if (secrets === undefined) return failed(PROBLEM_TEXTS.unreadable);
  try {
    if (channel.kind === 'email') return await sendMail(message, channel, to, secrets, services);
    return await sendRequest(message, channel, secrets, services);
  } catch (error) {
    services.onError(error);
    if (error instanceof TargetError) return failed(TARGET_PROBLEMS[error.problem]);
    if (error instanceof MailError) {
      const isAddressRefused = error.problem === 'no-recipient';
      const problem = MAIL_PROBLEMS[error.problem];
      return { ...failed(problem), isFinal: isAddressRefused, isAddressRefused };
    }
    return failed(PROBLEM_TEXTS.not_made);
  }
}

async function sendRequest(
  message: AlertMessage,
  channel: ChannelTarget,
  { settings }: ChannelSecrets,
  { publicUrl, pushKey, targets }: SendingServices,
): Promise<Outcome> {
  const sender = senderOf(channel.kind);
  if (sender === undefined) return failed(PROBLEM_TEXTS.unknown_kind);
  const request = sender.request(message, settings, { now: Date.now(), publicUrl, pushKey });
  const answer = await sendToTarget(request, targets);
  const { problems, gone = [], final = [] } = sender.meanings;
  const problem = problemOfStatus(answer, problems);
  if (problem === undefined) return { isDelivered: true };
  const { status, retryAfter } = answer;
  const isFinal = status === TOO_LONG || final.includes(status);
  return { isDelivered: false, problem, retryAfter, isGone: gone.includes(status), isFinal };
}

async function sendMail(
  message: AlertMessage,
  channel: ChannelTarget,
  to: string | null,
  { unsubscribe }: ChannelSecrets,
  { publicUrl, cell, mail }: SendingServices,
): Promise<Outcome> {
  if (mail === undefined || to === null) return failed(PROBLEM_TEXTS.no_mail);
  const unsubscribeUrl = `${publicUrl}/alerts/unsubscribe/${nameCell(cell, unsubscribe ?? '')}`;
  const { from, send } = mail;
  await send(mailOf(message, { from, to, publicUrl, channelId: channel.id, unsubscribeUrl }));
  return { isDelivered: true };
}

/** It did not arrive, and is tried again. */
export function failed(problem: string): Extract<Outcome, { isDelivered: false }> {
  return { isDelivered: false, problem, isGone: false, isFinal: false };
}

/** As a channel's row has them. */
export function sealSecrets(secrets: ChannelSecrets, secretKey: string): Buffer {
  return seal(JSON.stringify(secrets), deriveKey(secretKey, SEALED));
}

/** Undefined if another SECRET_KEY sealed them. */
export function openSecrets(
  { sealed_settings }: ChannelTarget,
  secretKey: string,
): ChannelSecrets | undefined {
  try {
    return Value.Parse(Secrets, parseJson(unseal(sealed_settings, deriveKey(secretKey, SEALED))));
  } catch {
    return undefined;
  }
}
