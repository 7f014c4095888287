import { Check, Clock, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { type Toast, closeToast, showToast, useToasts } from './toast.ts';
import { forgetUndo, isUndoKey, undoLast } from './undo.ts';
import './toast.css';

const SHORT_MS = 6_000;
/** With something to press, or to wait for. */
const LONG_MS = 10_000;

/** Where the toasts appear. F6 leads there, Ctrl-Z or Cmd-Z undoes the last change. Notices wait in a screen reader, failures do not. */
export function Toasts() {
  const t = useTranslations('action');
  const toasts = useToasts();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F6') {
        const button = place.current?.querySelector('button');
        if (!button) return;
        event.preventDefault();
        button.focus();
      } else if (isUndoKey(event)) {
        const undone = undoLast();
        if (undone === undefined) return;
        event.preventDefault();
        showToast({ id: undone.id, text: t('undone', { what: undone.text }) });
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [t]);
  const shown = (tone: Toast['tone']) =>
    toasts
      .filter((toast) => toast.tone === tone)
      .map((toast) => <OneToast key={toast.id} toast={toast} />);
  return (
    // What a dialog hides from screen readers, and its focus, leaves this out.
    <section ref={place} className="toasts" aria-label={t('messages')} data-react-aria-top-layer>
      <div role="status" aria-atomic={false}>
        {shown('notice')}
      </div>
      <div role="alert" aria-atomic={false}>
        {shown('failure')}
      </div>
    </section>
  );
}

const MARKS = { done: Check, waiting: Clock } as const;

function OneToast({ toast }: { toast: Toast }) {
  const { id, text, tone, state, undo } = toast;
  const t = useTranslations('action');
  const [isHeld, setHeld] = useState(false);
  const isLong = undo !== undefined || state !== undefined || tone === 'failure';
  useEffect(() => {
    if (isHeld || state === 'working') return undefined;
    const timer = setTimeout(() => closeToast(toast.id), isLong ? LONG_MS : SHORT_MS);
    return () => clearTimeout(timer);
  }, [toast, isHeld, isLong, state]);
  const Mark = tone === 'failure' ? TriangleAlert : state && state !== 'working' && MARKS[state];
  return (
    <div
      className="toast"
      data-tone={tone}
      data-state={state}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {state === 'working' && <span className="toast__working" aria-hidden />}
      {Mark && <Mark key={state} className="icon toast__mark" aria-hidden />}
      <span className="toast__text">{text}</span>
      {undo !== undefined && (
        <button
          type="button"
          className="button button--undo"
          onClick={() => {
            forgetUndo(id);
            closeToast(id);
            undo();
          }}
        >
          {t('undo')}
        </button>
      )}
      <Button aria-label={t('close')} onClick={() => closeToast(id)}>
        <X aria-hidden />
      </Button>
    </div>
  );
}
