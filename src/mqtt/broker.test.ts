import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { houseOf, startBridgeAt } from '../../testing/bridge.ts';
import { type Mosquitto, hasMosquitto, startMosquitto } from '../../testing/mosquitto.ts';

describe.skipIf(!hasMosquitto)('A broker with a password and TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netpilot-tls-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  let broker: Mosquitto;
  beforeAll(async () => {
    const what =
      '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
    const files = ['-keyout', keyFile, '-out', certFile];
    execFileSync('openssl', ['req', ...what.split(' '), ...files], { stdio: 'ignore' });
    broker = await startMosquitto({
      user: 'ha',
      password: 'a@b:/c',
      certificate: { certFile, keyFile },
    });
  });
  afterAll(async () => {
    await broker?.remove();
    rmSync(folder, { recursive: true });
  });

  test('lets in who has it, whose certificate is known; and nobody learns the password', async () => {
    const bridge = startBridgeAt(`mqtts://ha:a%40b%3A%2Fc@localhost:${broker.port}`, houseOf(1), {
      MQTT_CA_FILE: certFile,
    });
    await expect
      .poll(() => bridge.state.says)
      .toContain(`Connected to the broker at localhost:${broker.port}.`);
    await bridge.end();
    for (const [url, more, why] of [
      [`mqtts://ha:hunter2@localhost:${broker.port}`, { MQTT_CA_FILE: certFile }, /Not authorized/],
      [`mqtts://ha:hunter2@localhost:${broker.port}`, {}, /self-signed|self signed/],
      [`mqtt://ha:hunter2@localhost:${broker.port}`, {}, /does not let the bridge in/],
    ] as const) {
      const refused = startBridgeAt(url, houseOf(1), more);
      await expect.poll(() => refused.state.says[0]).toMatch(why);
      expect(refused.state.says.join()).not.toContain('hunter2');
      await refused.end();
    }
  });
});
