/**
 * What the fleet asks of a kind of router. A driver speaks to its routers in its own way; above it each of
 * them is a session, whichever side dialled. The first driver is OpenWrt's, in openwrt/.
 */
import type { Neighbour } from '../devices/neighbour.ts';
import type { PlacedDevice } from '../devices/place.ts';
import { ConflictError } from '../errors.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { ReportedFacts } from '../routers/facts.ts';
import type { Health } from '../routers/health.ts';
import type { UsageSample } from '../usage/sample.ts';
import type { Feature } from '../routers/features.ts';
import type { UpdateState } from '../routers/update-requests.ts';

/** `intact`: the rules are those of the revision. `drifted`: somebody changed them. `none`: no policy yet. */
export type RuleState = 'intact' | 'drifted' | 'none';

/**
 * Whether a router knows the time. `held`: not since its start, and what held before holds. `repeated`: it does, but has heard nothing for so
 * long that all windows of its document are over, and the last week repeats.
 */
export type Clock = 'trusted' | 'held' | 'repeated';

/** What a router reports that it does. */
export type Report = {
  /** In force; 0: none. */
  revision: number;
  state: RuleState;
  /** What limits by rate, in the driver's own words. */
  limiter: string;
  /** Null: it does not say. */
  clock: Clock | null;
  /** How many blocks of its document it has counted in the kernel; null, or not there: it does not say. */
  blocks?: number | null;
};

/** What a router is and what it can do. */
export type Capabilities = {
  /** Of the software on it. */
  version: string;
  limiter: string;
  /** Its own MAC on its LAN. */
  lan: string;
  /** What it can do that not every router can: only that is asked of it. */
  features: ReadonlySet<Feature>;
};

/** A line of a policy that the router cannot do, in the driver's words, and why. */
export type RefusedLine = { line: string; reason: string };

/** What became of a policy: done but for some lines, or not at all. The reason is one of the driver's. */
export type Outcome =
  | { isApplied: true; refused: readonly RefusedLine[] }
  | { isApplied: false; reason: string };

/** What a router tells besides. */
export type Fact =
  | ({ kind: 'place' } & PlacedDevice)
  | ({ kind: 'router' } & ReportedFacts)
  | ({ kind: 'health' } & Health)
  | ({ kind: 'usage' } & UsageSample);

/** What a router is asked for that nobody waits for. */
export type Request =
  | { kind: 'health'; targets: readonly string[] }
  /** For so long, a sample each 2 s. */
  | { kind: 'usage'; seconds: number }
  | { kind: 'wake'; mac: string };

/** What a session reports unasked. */
export type SessionWatcher = {
  /** A device came, went, or has another address. */
  onNeighbour: (neighbour: Neighbour) => void;
  onFact: (fact: Fact) => void;
  /** The router did not understand something. */
  onComplaint: (reason: string) => void;
};

/**
 * An open session with one router. What is asked of it rejects with SessionEndedError when it ends first; it
 * ends by itself when the router does not answer or breaks its protocol.
 */
export interface RouterSession {
  readonly capabilities: Capabilities;
  /** What the router reported when the session opened. */
  readonly report: Report;
  /** Resolves with the reason, for the log; never rejects. */
  readonly ended: Promise<string>;
  status: () => Promise<Report>;
  /** Makes the router do this and nothing else. One at a time: the caller sees to it. */
  apply: (revision: number, policy: PolicyDocument) => Promise<Outcome>;
  /** Every device that the router knows of. Those who ask at the same time get the same answer. */
  scan: () => Promise<Neighbour[]>;
  /** Brings it the newer software of that version. `trying`: it has that now, on trial, and connects anew; else why not. */
  update: (version: string) => Promise<UpdateState>;
  /** Asks for something, if the router can do it. */
  ask: (request: Request) => void;
  /** Sets who hears what it reports unasked; what it has reported before comes at once. */
  watch: (watcher: SessionWatcher) => void;
  /** Has the router remove NetPilot and its rules, then ends. */
  unlink: () => void;
  /** Has the router connect anew, at once if it can do that, perhaps elsewhere: we stop. */
  redial: (reason: string) => void;
  /** Has the router connect elsewhere from now on, if it can do that; else ends. */
  move: (to: Destination, reason: string) => void;
  close: (reason: string) => void;
}

/** Where a router is to connect, at a server that has the same host keys. */
export type Destination = { host: string; port: number };

/** The session ended before the answer came. */
export class SessionEndedError extends ConflictError {}

export type ListenOptions<Holder> = {
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** Who has the key of this fingerprint (SHA-256); undefined: nobody who may connect. */
  findHolder: (fingerprint: Buffer) => Promise<Holder | undefined>;
  /** A router connects. `opening` rejects with SessionEndedError if it goes before its session is open. */
  onRouter: (holder: Holder, opening: Promise<RouterSession>) => void;
};

/** Where a router is dialled, and the keys by which both sides know each other. */
export type DialTarget = {
  host: string;
  port: number;
  /** The only one that is spoken to: `ssh-ed25519 AAAA…`. */
  hostKey: string;
  /** In OpenSSH's own format. */
  clientKey: string;
};

/** Why a router could not be dialled. */
export type DialProblem = 'unreachable' | 'other-host-key' | 'key-refused';

export class DialFailedError extends Error {
  readonly problem: DialProblem;

  constructor(problem: DialProblem, cause?: Error) {
    super(cause?.message ?? 'the connection has ended', { cause });
    this.problem = problem;
  }
}

export type Listening = {
  port: number;
  /** Lets nobody else in. */
  refuse: () => void;
  /** Ends all connections, and lets nobody in. */
  close: () => Promise<void>;
};

/** A kind of router. */
export interface RouterDriver {
  /** Lets routers dial in. Rejects if it cannot listen there. */
  listen: <Holder>(options: ListenOptions<Holder>) => Promise<Listening>;
  /** Dials a router. Rejects with DialFailedError, or SessionEndedError if it answers and then goes. */
  connect: (target: DialTarget) => Promise<RouterSession>;
}
