import { type ReactNode, useEffect, useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';

/** A dialog over the page. Escape and a click beside it close it, as its button does: Cancel beside `confirm`, else Close. */
export function Dialog({
  title,
  onClose,
  confirm,
  children,
}: {
  title: string;
  onClose: () => void;
  confirm?: {
    text: string;
    variant: 'primary' | 'danger';
    isDisabled?: boolean;
    onClick: () => void;
  };
  children: ReactNode;
}) {
  const t = useTranslations('action');
  useReturnedFocus();
  return (
    <ModalOverlay
      className="overlay"
      isDismissable
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
    >
      <Modal>
        <AriaDialog
          className="dialog"
          role={confirm?.variant === 'danger' ? 'alertdialog' : 'dialog'}
        >
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          <div className="dialog__actions">
            <Button onClick={onClose}>{t(confirm ? 'cancel' : 'close')}</Button>
            {confirm && (
              <Button
                variant={confirm.variant}
                disabled={confirm.isDisabled ?? false}
                onClick={confirm.onClick}
              >
                {confirm.text}
              </Button>
            )}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Gives the focus back to what opened a dialog, also if it was in a toast in between: react-aria gives up then. */
export function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After react-aria, which waits for one frame.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const isLost = document.activeElement === document.body;
          if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
        }),
      );
    },
    [before],
  );
}
