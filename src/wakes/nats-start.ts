/** What of the configuration of NATS only a server can find wrong. */
import { connect, errors } from '@nats-io/transport-node';
import type { NatsConfig } from '../config/nats.ts';
import { NOT_SHOWN } from '../config/reader.ts';
import { errorMessage } from '../error-message.ts';
import { type FieldError, InvalidInputError } from '../errors.ts';
import { connectionOptions } from './nats-options.ts';

/** Milliseconds that a start waits for a server that does not answer. */
const LONGEST_WAIT = 2_000;
/** By https://nodejs.org/api/tls.html#x509-certificate-error-codes: nothing that we trust has signed the certificate. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Throws InvalidInputError if a NATS server does not let this login in, or if nothing that we trust has signed its certificate. A server that
 * is away, or whose certificate has expired, is an outage, with which the program starts.
 */
export async function requireNats(config: NatsConfig | undefined): Promise<void> {
  if (config === undefined) return;
  try {
    const options = connectionOptions(config, '_INBOX');
    const connection = await connect({ ...options, timeout: LONGEST_WAIT });
    await connection.close();
  } catch (error) {
    const wrong = findWrong(config, error);
    if (wrong !== undefined) throw new InvalidInputError([wrong], undefined, { cause: error });
  }
}

function findWrong(config: NatsConfig, error: unknown): FieldError | undefined {
  // A server that is too slow to answer says so by the same error.
  if (error instanceof errors.AuthorizationError && !/timeout/i.test(error.message)) {
    const expected = `a login that the NATS server lets in (it says: ${errorMessage(error)})`;
    if (config.nkeyFile) return { field: 'NATS_NKEY_FILE', value: config.nkeyFile, expected };
    if (config.credentialsFile)
      return { field: 'NATS_CREDENTIALS_FILE', value: config.credentialsFile, expected };
    return { field: 'NATS_URL', value: NOT_SHOWN, expected };
  }
  if (error instanceof Error && UNTRUSTED.has(String(Reflect.get(error, 'code'))))
    return {
      field: 'NATS_CA_FILE',
      value: config.caFile,
      expected: 'a file with the certificate (PEM) that has signed those of the NATS servers',
    };
  return undefined;
}
