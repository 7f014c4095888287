/** 160 × 120, lines in the text's colour, a wash of colour behind them. */
const DRAWINGS = {
  router: (
    <>
      <ellipse className="wash" cx="80" cy="66" rx="64" ry="44" />
      <path className="accent" d="M62 40a26 26 0 0 1 36 0M69 48a15 15 0 0 1 22 0" />
      <path d="M80 56v14M36 70h88a6 6 0 0 1 6 6v16a6 6 0 0 1-6 6H36a6 6 0 0 1-6-6V76a6 6 0 0 1 6-6zM42 98v5M118 98v5" />
      <path d="M44 84h.1M56 84h.1M68 84h.1M100 84h16" />
    </>
  ),
  home: (
    <>
      <ellipse className="wash" cx="80" cy="68" rx="64" ry="42" />
      <path className="warm" d="M68 72h24v30H68z" />
      <path d="M28 64L80 22l52 42M40 56v46h80V56M68 102V72h24v30M104 36V24h10v20M20 102h120" />
      <path className="accent" d="M84 88h.1M73 52a10 10 0 0 1 14 0" />
    </>
  ),
  sleeping: (
    <>
      <ellipse className="wash" cx="80" cy="70" rx="64" ry="40" />
      <path d="M34 72l46-36 46 36M44 65v37h72V65M26 102h108" />
      <path d="M62 78q5 5 10 0M88 78q5 5 10 0M76 90q4 3 8 0" />
      <path className="accent" d="M108 40h10l-10 12h10M124 20h13l-13 15h13" />
      <path className="warm" d="M40 18a15 15 0 1 0 12 24A18 18 0 0 1 40 18z" />
      <path d="M40 18a15 15 0 1 0 12 24A18 18 0 0 1 40 18z" />
    </>
  ),
  'cut-cable': (
    <>
      <ellipse className="warm" cx="80" cy="64" rx="64" ry="42" />
      <path d="M8 74h30q10 0 10-10V54q0-8 8-8h6M98 78h6q8 0 8-8v-4q0-10 10-10h30" />
      <path d="M62 38h8v16h-8zM90 70h8v16h-8zM70 42h5M70 50h5M85 74h5M85 82h5" />
      <path className="accent" d="M80 28v10M66 24l5 8M94 24l-5 8M80 96v-6M66 100l5-6M94 100l-5-6" />
    </>
  ),
  people: (
    <>
      <ellipse className="wash" cx="80" cy="72" rx="64" ry="40" />
      <path d="M52 48a13 13 0 1 1 .1 0zM28 102V84q0-24 24-24 14 0 20 9" />
      <path d="M112 56a10 10 0 1 1 .1 0zM92 102V88q0-20 20-20t20 20v14" />
      <path className="warm" d="M82 82a8 8 0 1 1 .1 0z" />
      <path d="M82 82a8 8 0 1 1 .1 0zM67 102v-2q0-12 15-12M20 102h120" />
      <path className="accent" d="M126 26v14M119 33h14" />
    </>
  ),
  search: (
    <>
      <ellipse className="wash" cx="78" cy="64" rx="62" ry="42" />
      <path d="M68 88a32 32 0 1 1 .1 0zM91 79l29 25" />
      <path className="accent" d="M54 50q14-10 28 0M61 58q7-5 14 0M68 66h.1" />
    </>
  ),
} as const;
export type DrawingName = keyof typeof DRAWINGS;

/** A drawing for what is not there yet. */
export default function Drawing({ name }: { name: DrawingName }) {
  return (
    <svg viewBox="0 0 160 120" aria-hidden>
      {DRAWINGS[name]}
    </svg>
  );
}
