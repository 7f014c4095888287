import { Copy } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { showToast } from './toast.ts';

/** A text with a button that copies it. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const t = useTranslations('action');
  const shown = useRef<HTMLElement>(null);
  const copy = async () => {
    // Over plain HTTP, as at home, browsers have no clipboard: what is selected there can be copied nevertheless.
    if (window.isSecureContext) await navigator.clipboard.writeText(text);
    else if (!copySelected(shown.current, text)) return showToast({ text: t('notCopied') });
    showToast({ text: t('copied') });
  };
  return (
    <div className="copyable">
      <code ref={shown}>{text}</code>
      <Button variant="quiet" aria-label={label} onClick={() => void copy()}>
        <Copy aria-hidden />
      </Button>
    </div>
  );
}

/** Selects an element, and copies a text in its place. Returns whether the browser did. */
function copySelected(element: HTMLElement | null, text: string): boolean {
  if (element === null) return false;
  getSelection()?.selectAllChildren(element);
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', give);
  try {
    // oxlint-disable-next-line no-deprecated -- nothing else copies without TLS
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', give);
  }
}
