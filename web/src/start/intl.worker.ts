// What the first page says by `Intl` needs just these tables, which are the process's (warm-up.ts).
postMessage(new Intl.RelativeTimeFormat('en').format(-1, 'day'));
