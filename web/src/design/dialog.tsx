import type { ReactNode } from 'react';
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
