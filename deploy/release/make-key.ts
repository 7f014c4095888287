/** What bin/release-key runs: make-key.ts SECRET PUBLIC writes a new key's two halves. */
import { writeFileSync } from 'node:fs';
import { makeReleaseKey } from '../../src/fleet/openwrt/release-signature.ts';

const [secretFile = '', publicFile = ''] = process.argv.slice(2);
const { secretKey, publicKey } = makeReleaseKey();
writeFileSync(secretFile, secretKey, { mode: 0o600, flag: 'wx' });
writeFileSync(publicFile, publicKey);
