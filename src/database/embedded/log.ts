import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs';

const LARGEST = 10 * 1024 * 1024;
const KEPT = 1024 * 1024;

/**
 * Cuts a large log of the server down to its end. The server does not notice, because it appends to the file.
 * (PostgreSQL's own rotation limits the size of a file or the number of files, not both.)
 */
export function shortenLog(file: string): void {
  if (!existsSync(file) || statSync(file).size <= LARGEST) return;
  const end = readEnd(file);
  truncateSync(file);
  appendFileSync(file, end);
}

/** Whole lines. */
function readEnd(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(KEPT);
    const read = readSync(descriptor, bytes, 0, KEPT, statSync(file).size - KEPT);
    return bytes.subarray(bytes.indexOf('\n') + 1, read);
  } finally {
    closeSync(descriptor);
  }
}
