/**
 * Everything that the log of alerts says went wrong: what happened, and what to do, with places for values. None names the
 * target, whose address can be a secret. Constants only: the web app imports this file, to say it in other languages.
 */
export const PROBLEM_TEXTS = {
  not_a_url: 'This is not an address of the web: it begins with https:// and a name.',
  has_credentials:
    'The address has a user name or a password in it: leave them out, and use a token if there is one.',
  bad_port: 'This port is not one of a web server: 443, and those from 1024 on, can be reached.',
  no_tls:
    'The address must begin with https://: without encryption others could read what is sent.',
  refused:
    'The address is not on the internet (a home network, this machine, or reserved), and the operator of this NetPilot does not allow it (ALERT_NETWORKS).',
  name_not_found: 'The name of the server cannot be found: check its spelling.',
  no_connection: 'The server cannot be reached: it is off, or nothing listens at that port.',
  tls: 'The server has no valid certificate for its name: renew it, or check the name.',
  too_slow: 'The server did not answer within 5 seconds.',
  ended_early: 'The server ended the connection without an answer.',

  mail_no_server:
    'The mail server of this NetPilot cannot be reached: tell its operator (SMTP_URL).',
  mail_tls:
    'The mail server of this NetPilot has no valid certificate, or does not encrypt: tell its operator (SMTP_URL).',
  mail_no_login:
    'The mail server of this NetPilot does not take its user name and password: tell its operator (SMTP_URL).',
  mail_no_recipient:
    'The mail server takes no e-mail for the address of your account: check it, or add another kind of channel.',
  mail_refused:
    'The mail server refused the e-mail: tell the operator of this NetPilot, whose log says why.',
  mail_too_slow: 'The mail server did not answer in time.',
  mail_not_now: 'The mail server takes no e-mail just now; it is tried again.',
  no_mail:
    'This NetPilot sends no e-mail any more: its operator has removed the mail server (SMTP_URL).',

  redirected:
    'The server sent us to another address ({status}), which is not followed: enter that address.',
  status_400:
    'The server did not understand the message: check the address and what you entered ({status}).',
  status_401: 'The server does not know the token or password: enter it again ({status}).',
  status_403: 'The server does not allow this token to send here ({status}).',
  status_404: 'The server has nothing at this address: check it ({status}).',
  status_405: 'The server takes no messages at this address: check it ({status}).',
  status_410: 'Nobody receives messages there any more ({status}).',
  status_413: 'The server found the message too long ({status}).',
  status_429: 'The server has had too many messages; it is tried again later ({status}).',
  status_other: 'The server did not accept the message ({status}).',
  status_500: 'The server has a problem of its own ({status}).',

  ntfy_403: 'This topic is protected: enter a token that may write to it ({status}).',
  ntfy_429:
    'ntfy has had too many messages for this minute or today; it is tried again later ({status}).',
  gotify_403:
    'Gotify wants the token of an application, and this is another one: add one under Apps ({status}).',
  telegram_400:
    'Telegram does not take it for this chat: send your bot a message first, then check the number of the chat ({status}).',
  telegram_403:
    'The bot may not write to this chat: let it in, or stop blocking it there ({status}).',
  telegram_token: 'Telegram does not know this token: enter it as BotFather says it ({status}).',
  pushover_400: 'Pushover does not know this token or user key: check both ({status}).',
  pushover_429:
    'The messages of this month are used up at Pushover; it is tried again later ({status}).',
  apprise_204:
    'Apprise has nothing under this key: enter there who is told, or check the key ({status}).',
  apprise_424:
    'Apprise could not reach all that it tells, and its own log says which; the others have this message ({status}).',

  unreadable:
    'What you entered for this channel cannot be read any more, as this NetPilot has another key: delete the channel and add it again.',
  unknown_kind: 'This version of NetPilot does not know this kind.',
  not_made: 'NetPilot could not make this message: its log says why.',
  other_version: 'Another version of NetPilot made this message, and this one cannot read it.',
  stopped: 'NetPilot was stopped while it sent this.',
  switched_off: 'The channel was switched off.',
  too_many:
    'There were too many alerts: this one and those after it were left out. Choose fewer kinds for this channel.',
  not_again: '{problem} It is not sent again.',
  given_up: '{problem} Given up after {days} days.',
} as const;
export type ProblemCode = keyof typeof PROBLEM_TEXTS;

/** A problem in words. @param values what its places get */
export function problemText(
  code: ProblemCode,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return PROBLEM_TEXTS[code].replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    String(values[name] ?? ''),
  );
}
