/** Dropbear as OpenWrt builds it for routers with little flash: RSA is all that it has. */
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What other kinds are called; renamed in the program itself, neither side of a connection knows them. */
const OTHERS = /ed25519|ecdsa/g;

/** Puts this machine's dropbear, dbclient and dropbearkey into a folder, so that each knows RSA and no other kind of key. */
export function copyRsaDropbear(folder: string): void {
  for (const name of ['dropbear', 'dbclient', 'dropbearkey']) {
    const path = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    const program = readFileSync(path, 'latin1').replace(OTHERS, (kind) => '-'.repeat(kind.length));
    writeFileSync(join(folder, name), program, 'latin1');
    chmodSync(join(folder, name), 0o755);
  }
}
