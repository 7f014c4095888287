import { hkdfSync } from 'node:crypto';

/**
 * The bearer token by which NetPilot's services know each other, derived from SECRET_KEY (RFC 5869):
 * whoever sees it learns nothing of the key.
 */
export function serviceToken(secretKey: string): string {
  return Buffer.from(hkdfSync('sha256', secretKey, '', 'netpilot commands-server', 32)).toString(
    'base64url',
  );
}
