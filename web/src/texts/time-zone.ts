const STORED = 'netpilot.time-zone';

/** The time zone the person chose in this browser, if any. */
export function chosenTimeZone(): string | undefined {
  return localStorage.getItem(STORED) ?? undefined;
}

/** The zone that moments are shown in. */
export function timeZone(): string {
  return chosenTimeZone() ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function keepTimeZone(zone: string | undefined): void {
  if (zone === undefined) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, zone);
}
