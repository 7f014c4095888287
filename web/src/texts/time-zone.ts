const STORED = 'netpilot.time-zone';

/** The time zone that was chosen in this browser, if any. */
export function chosenTimeZone(): string | undefined {
  return localStorage.getItem(STORED) ?? undefined;
}

let zone: string | undefined;

/** The time zone of all dates; it stays the same until the page is left. */
export function timeZone(): string {
  zone ??= chosenTimeZone() ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}

/** Sets the time zone of pages opened from now on; undefined is the browser's own. */
export function keepTimeZone(chosen: string | undefined): void {
  if (chosen === undefined) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, chosen);
}
