import { X } from 'lucide-react';
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';

export type Toast = { text: string; undo?: (() => void) | undefined };

/** The toasts; `showToast` adds one. */
export const queue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });

/** Where the toasts appear. */
export function Toasts() {
  const t = useTranslations('action');
  return (
    <ToastRegion queue={queue} className="toasts">
      {({ toast }) => (
        <AriaToast toast={toast} className="toast">
          <ToastContent className="toast__text">
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.undo !== undefined && (
            <AriaButton
              className="button button--undo"
              onPress={() => {
                toast.content.undo?.();
                queue.close(toast.key);
              }}
            >
              {t('undo')}
            </AriaButton>
          )}
          <AriaButton slot="close" className="button" aria-label={t('close')}>
            <X aria-hidden />
          </AriaButton>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
