/** The agent that comes with this NetPilot, and what another one lacks beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../config/config.ts';
import type { Router } from '../database/models.ts';
import { type Feature, knownFeatures } from './features.ts';

const PROGRAM = readFileSync(join(PROJECT_FOLDER, 'agent/netpilot-agent'), 'utf8');

export const NEWEST_AGENT = wordOf('VERSION');

/** What it can do on every router. */
export const NEWEST_FEATURES: ReadonlySet<Feature> = knownFeatures(
  wordOf('capabilities').split(','),
);

/** What a router's agent is, compared with the one that linking it again would install. */
export type AgentAge = { is_agent_old: boolean | null; agent_lacks: Feature[] };

/** @returns null and nothing until the router connects */
export function ageOf({
  agent_version,
  agent_features,
}: Pick<Router, 'agent_version' | 'agent_features'>): AgentAge {
  if (agent_version === null) return { is_agent_old: null, agent_lacks: [] };
  const has = new Set(agent_features ?? []);
  return {
    is_agent_old: isOlder(agent_version, NEWEST_AGENT),
    agent_lacks: [...NEWEST_FEATURES].filter((feature) => !has.has(feature)),
  };
}

/** Of versions as semver has them; what comes after the third number does not count. */
export function isOlder(version: string, than: string): boolean {
  const [own, other] = [numbersOf(version), numbersOf(than)];
  const first = own.findIndex((number, index) => number !== other[index]);
  return first >= 0 && (own[first] ?? 0) < (other[first] ?? 0);
}

function numbersOf(version: string): number[] {
  return [0, 1, 2].map((index) => Number.parseInt(version.split('.')[index] ?? '', 10) || 0);
}

function wordOf(variable: string): string {
  const [, word] = new RegExp(`^${variable}=(\\S+)`, 'm').exec(PROGRAM) ?? [];
  if (word === undefined) throw new Error(`agent/netpilot-agent does not say its ${variable}`);
  return word;
}
