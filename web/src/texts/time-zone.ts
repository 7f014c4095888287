const STORED = 'netpilot.time-zone';

/** The time zone the person chose in this browser, if any. */
export function chosenTimeZone(): string | undefined {
  return localStorage.getItem(STORED) ?? undefined;
}

let zone: string | undefined;

/** The zone that moments are shown in, until the page is left. */
export function timeZone(): string {
  zone ??= chosenTimeZone() ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}

/** Of pages that are opened from now on. */
export function keepTimeZone(chosen: string | undefined): void {
  if (chosen === undefined) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, chosen);
}
