// Fills the process's tables that the first page's use of `Intl` needs (warm-up.ts).
postMessage(new Intl.RelativeTimeFormat('en').format(-1, 'day'));
