import { encodeQR } from 'qr';

/** The quiet zone, in modules: less, and some cameras do not see the code on a dark page. */
const BORDER = 4;

/** A text as a QR code: black on white in the dark theme too, as some cameras read only that. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const modules = encodeQR(text, 'raw', { border: BORDER, ecc: 'medium' });
  const path = modules.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg
      className="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${modules.length} ${modules.length}`}
      shapeRendering="crispEdges"
    >
      <path d={path.join('')} />
    </svg>
  );
}
