import { NetPilotError } from '../errors.ts';

type Details = {
  cause?: unknown;
  /** Of an answer that is about the request; default: `unavailable`. */
  kind?: 'not-found' | 'conflict' | undefined;
  isOutage?: boolean;
};

/** What a call to the Commands-Server fails with. Users read the message: it has no token and no address. */
export class CommandsServerError extends NetPilotError {
  readonly kind: 'not-found' | 'conflict' | 'unavailable';
  /** Whether the Commands-Server as a whole is down or overloaded, so that trying again may help. */
  readonly isOutage: boolean;

  /** @param message follows "The Commands-Server"; is cut to one line of at most 600 characters */
  constructor(message: string, { cause, kind, isOutage = false }: Details = {}) {
    super(`The Commands-Server ${message}`.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 600), { cause });
    this.kind = kind ?? 'unavailable';
    this.isOutage = isOutage;
  }
}
