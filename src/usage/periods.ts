/** The last 60 minutes; today; the last 24 hours; 30 days and 365 days, the last of which is today. */
export const PERIODS = ['hour', 'today', 'day', 'month', 'year'] as const;
export type Period = (typeof PERIODS)[number];
