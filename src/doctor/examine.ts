import type { Config } from '../config/config.ts';
import { checkDatabase, type Patient } from './database.ts';
import type { Finding } from './finding.ts';
import { checkDisk, judgeClock } from './machine.ts';
import { checkCommandsServer, checkIssuer, judgeDialRules } from './network.ts';

/** Runs every check there is, and changes nothing. */
export async function examine(config: Config, patient: Patient): Promise<Finding[]> {
  const [database, commandsServer, issuer, disk] = await Promise.all([
    patient.addresses && checkDatabase(config, patient.addresses),
    checkCommandsServer(config.commandsServerUrl),
    checkIssuer(config.issuer),
    checkDisk(config.dataFolder),
  ]);
  return [
    ...patient.findings,
    ...(database?.findings ?? []),
    commandsServer,
    judgeDialRules(config.dial),
    issuer,
    judgeClock(Date.now(), database?.now),
    disk,
  ];
}
