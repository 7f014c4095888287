/** An authority of a test, made by openssl in a folder, and certificates for 127.0.0.1. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const KEY = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'.split(' ');

/** Files, each PEM. */
export type Certificate = { certificate: string; key: string };

export type Authority = {
  certificate: string;
  /** @param days that it is valid for; less than 0: it has expired */
  issue: (name: string, days: number) => Certificate;
};

export function createAuthority(folder: string, name: string): Authority {
  const openssl = (...parameters: string[]) =>
    execFileSync('openssl', parameters, { cwd: folder, stdio: 'pipe' });
  openssl(
    'req',
    '-x509',
    ...KEY,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
    '-subj',
    `/CN=${name}`,
  );
  return {
    certificate: join(folder, `${name}.pem`),
    issue: (own, days) => {
      const names = 'subjectAltName=IP:127.0.0.1';
      const [key, request, certificate] = ['key', 'csr', 'pem'].map((kind) => `${own}.${kind}`);
      if (!key || !request || !certificate) throw new Error('there are three files');
      openssl(
        'req',
        ...KEY,
        '-keyout',
        key,
        '-out',
        request,
        '-subj',
        `/CN=${own}`,
        '-addext',
        names,
      );
      const by = ['-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-CAcreateserial'];
      const how = ['-days', String(days), '-copy_extensions', 'copyall'];
      openssl('x509', '-req', '-in', request, ...by, ...how, '-out', certificate);
      return { certificate: join(folder, certificate), key: join(folder, key) };
    },
  };
}
