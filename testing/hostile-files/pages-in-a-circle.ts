/** Pages of a table that lead to each other: followed, they give rows for ever. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDatabase } from '../hostile-database.ts';
import type { HostileFile } from '../hostile-file.ts';

const PAGE = 4_096;
const CHILDREN = 300;

export const hostile: HostileFile = {
  refusal: /devices\.db gives more than can be in a file of its size/,
  make: (folder) => {
    makeDatabase(folder, `create table devices (ip); insert into devices values ('10.0.0.1');`);
    const path = join(folder, 'devices.db');
    const [first, leaf] = pagesOf(readFileSync(path));
    // Page 2 is the table's root. Each page has 300 times the next one for a child, and the last is the leaf.
    const inner = Array.from({ length: 8 }, (_, index) => innerPage(index + 3));
    const pages = [first, ...inner, leaf];
    first?.writeUInt32BE(pages.length, 28);
    writeFileSync(path, Buffer.concat(pages.filter((page) => page !== undefined)));
  },
};

function pagesOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / PAGE }, (_, index) =>
    bytes.subarray(index * PAGE, (index + 1) * PAGE),
  );
}

/** An interior page of a table (https://sqlite.org/fileformat2.html, 1.6), all of whose children are that page. */
function innerPage(child: number): Buffer {
  const page = Buffer.alloc(PAGE);
  const content = PAGE - CHILDREN * 6;
  page.writeUInt8(5, 0);
  page.writeUInt16BE(CHILDREN, 3);
  page.writeUInt16BE(content, 5);
  page.writeUInt32BE(child, 8);
  for (let index = 0; index < CHILDREN; index += 1) {
    const cell = content + index * 6;
    page.writeUInt16BE(cell, 12 + index * 2);
    page.writeUInt32BE(child, cell);
    // The row's number: a varint.
    page.writeUInt8(0x80 + (index >> 7), cell + 4);
    page.writeUInt8(index & 0x7f, cell + 5);
  }
  return page;
}
