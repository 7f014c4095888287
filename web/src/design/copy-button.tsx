import { Copy } from 'lucide-react';
import { Button } from './button.tsx';
import { showToast } from './toast.ts';

/** Copies a text; nothing where the browser lets no page do that (over plain HTTP): it is there to select, too. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  if (!window.isSecureContext) return undefined;
  return (
    <Button
      look="quiet"
      aria-label={label}
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => showToast({ text: done }));
      }}
    >
      <Copy aria-hidden />
    </Button>
  );
}
