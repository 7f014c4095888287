/** The pages of docs/guide/ as modules of the web app: Markdown becomes HTML when the app is built. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Marked } from 'marked';
import type { Plugin } from 'vite';

const PAGE = /docs\/guide\/(?:\w+\/)?[\w-]+\.md$/;

/** Each page is `{ title, html }`. Its pictures become files of the build, its links to other pages addresses of the app. */
export function guidePages(): Plugin {
  return {
    name: 'guide-pages',
    async load(id) {
      if (!PAGE.test(id)) return undefined;
      this.addWatchFile(id);
      const { title, html, pictures } = await render(id);
      const imports = pictures.map(
        (path, place) => `import p${place} from ${JSON.stringify(path)};`,
      );
      const parts = html.split(PICTURE).map((part) => JSON.stringify(part));
      const text = parts.map((part, place) => (place === 0 ? part : `p${place - 1} + ${part}`));
      return [
        ...imports,
        `export const title = ${JSON.stringify(title)};`,
        `export const html = ${text.join(' + ')};`,
      ].join('\n');
    },
  };
}

/** Stands for the address of the next picture. No Markdown contains it. */
const PICTURE = '\u0000';

async function render(file: string): Promise<{ title: string; html: string; pictures: string[] }> {
  const pictures: string[] = [];
  const sizes = new Map<string, { width: number; height: number }>();
  let title = '';
  const marked = new Marked({
    async: true,
    walkTokens: async (token) => {
      if (token.type === 'heading' && token.depth === 1) title = token.text;
      if (token.type === 'image')
        sizes.set(token.href, await sizeOf(join(dirname(file), token.href)));
    },
    renderer: {
      // The page has it as its heading.
      heading({ depth, tokens }) {
        return depth === 1 ? '' : `<h${depth}>${this.parser.parseInline(tokens)}</h${depth}>`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const topic = /^([\w-]+)\.md$/.exec(href)?.[1];
        return topic === undefined ? text : `<a href="/help/${topic}">${text}</a>`;
      },
      image({ href, text }) {
        pictures.push(join(dirname(file), href));
        const { width, height } = sizes.get(href) ?? { width: 0, height: 0 };
        const size = `width="${width}" height="${height}"`;
        return `<img src="${PICTURE}" alt="${text}" ${size} loading="lazy" decoding="async">`;
      },
    },
  });
  const html = await marked.parse(await readFile(file, 'utf8'));
  return { title, html, pictures };
}

/** From the header of a PNG (its specification, 11.2.2): room is kept for it before it has come. */
async function sizeOf(picture: string): Promise<{ width: number; height: number }> {
  const bytes = await readFile(picture);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
