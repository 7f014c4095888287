import { Copy } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { showToast } from './toast.ts';

/** A text with a button that copies it. Over plain HTTP browsers have no clipboard: there is only the text, to select. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const t = useTranslations('action');
  return (
    <div className="copyable">
      <code>{text}</code>
      {window.isSecureContext && (
        <Button
          variant="quiet"
          aria-label={label}
          onClick={() => {
            void navigator.clipboard.writeText(text).then(() => showToast({ text: t('copied') }));
          }}
        >
          <Copy aria-hidden />
        </Button>
      )}
    </div>
  );
}
