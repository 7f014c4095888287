import { networkOf } from '../network-of.ts';
import type { RequestRate } from './request-rate.ts';

/** Whose share of the database a request counts for, before the database has said who sent it. */
export interface Callers {
  /**
   * The user who last used this credential, or else the network of the address, so that strangers share one share. It says
   * nothing about whether the credential is still valid. Throws TooManyRequestsError for a user who sends too many requests.
   */
  admit: (credential: Buffer, address: string) => { lane: string; isKnown: boolean };
  /** The database has said whose credential it is. */
  remember: (credential: Buffer, userId: string) => void;
}

declare module 'fastify' {
  interface FastifyInstance {
    callers: Callers;
  }
}

const MOST_KNOWN = 10_000;

/** @param rate counts the requests of known users */
export function createCallers(rate: RequestRate): Callers {
  /** By the hash of the credential, the last used at the end. */
  const known = new Map<string, string>();
  const keep = (key: string, userId: string) => {
    known.delete(key);
    known.set(key, userId);
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  };
  return {
    admit: (credential, address) => {
      const key = credential.toString('base64');
      const userId = known.get(key);
      if (userId === undefined) return { lane: `network ${networkOf(address)}`, isKnown: false };
      rate(userId);
      keep(key, userId);
      return { lane: userId, isKnown: true };
    },
    remember: (credential, userId) => keep(credential.toString('base64'), userId),
  };
}
