import { fstatSync } from 'node:fs';

/** Whether what is written there ends in systemd's journal, which names its device and inode (systemd.exec(5), JOURNAL_STREAM). */
export function goesToJournal(descriptor: number, stream = process.env['JOURNAL_STREAM']): boolean {
  if (stream === undefined) return false;
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  return stream === `${dev}:${ino}`;
}
