import { ExternalLink, X } from 'lucide-react';
import {
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { useReturnedFocus } from './dialog.tsx';
import './sheet.css';

/** From here on there is room for a panel beside the page. */
const PANEL = '(min-width: 1100px)';
/** Drawn down by so much, a sheet closes. */
const CLOSE_PX = 110;

type SheetProps = {
  /** What it is about: the name of a device. */
  title: string;
  onClose: () => void;
  /** Opens the whole page about it: a button at the top, and drawing the sheet up. */
  onExpand?: (() => void) | undefined;
  /** Beside the title. */
  picture?: ReactNode;
  /** Stay at the bottom, at the thumb, while the rest scrolls. */
  actions?: ReactNode;
  /** Whether the focus stays where it is: moving through a list beside the panel. */
  keepsFocus?: boolean;
  children: ReactNode;
};

/**
 * What belongs to one thing of a page: a panel beside the list on a desktop, which leaves the list usable, and a sheet
 * from the bottom on anything smaller, which is modal. Escape closes it, and the focus returns to where it was.
 */
export function Sheet(props: SheetProps) {
  return useIsPanel() ? <Panel {...props} /> : <BottomSheet {...props} />;
}

/** Whether the screen has room for a panel beside the page. */
export function useIsPanel(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(PANEL);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(PANEL).matches,
    () => false,
  );
}

function Panel({
  title,
  onClose,
  onExpand,
  picture,
  actions,
  keepsFocus = false,
  children,
}: SheetProps) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (keepsFocus) return undefined;
    const before = document.activeElement;
    place.current?.focus({ preventScroll: true });
    return () => {
      // Not if it has gone elsewhere by now.
      const isHere = document.activeElement === document.body;
      if (isHere && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [keepsFocus]);
  useEffect(() => {
    // A dialog, menu or field over it takes the key first.
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isOverlaid()) onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside ref={place} className="sheet sheet--panel" aria-label={title} tabIndex={-1}>
      <Head {...{ title, onClose, onExpand, picture }}>
        <h2>{title}</h2>
      </Head>
      <div className="sheet__body">{children}</div>
      {actions !== undefined && <div className="sheet__actions">{actions}</div>}
    </aside>
  );
}

function isOverlaid(): boolean {
  return document.querySelector('.overlay, [popover]:popover-open, dialog[open]') !== null;
}

function BottomSheet({ title, onClose, onExpand, picture, actions, children }: SheetProps) {
  const { sheet, handlers } = useDrag(onClose, onExpand);
  useReturnedFocus();
  return (
    <ModalOverlay
      className="overlay overlay--sheet"
      isDismissable
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
    >
      <Modal className="sheet__place">
        <AriaDialog className="sheet sheet--bottom" ref={sheet}>
          <div className="sheet__grip" {...handlers}>
            <Head {...{ title, onClose, onExpand, picture }}>
              <Heading slot="title" level={2}>
                {title}
              </Heading>
            </Head>
          </div>
          <div className="sheet__body">{children}</div>
          {actions !== undefined && <div className="sheet__actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function Head({
  title,
  onClose,
  onExpand,
  picture,
  children,
}: Pick<SheetProps, 'title' | 'onClose' | 'onExpand' | 'picture' | 'children'>) {
  const t = useTranslations('action');
  return (
    <header className="sheet__head">
      {picture}
      <div className="sheet__title">{children}</div>
      {onExpand && (
        <Button variant="quiet" aria-label={t('openPage', { name: title })} onClick={onExpand}>
          <ExternalLink aria-hidden />
        </Button>
      )}
      <Button variant="quiet" aria-label={t('close')} onClick={onClose}>
        <X aria-hidden />
      </Button>
    </header>
  );
}

/** Drawing a sheet by its head: down closes it, up opens the page. */
function useDrag(onClose: () => void, onExpand: (() => void) | undefined) {
  const sheet = useRef<HTMLElement>(null);
  const [start, setStart] = useState<number>();
  const move = (pixels: number) => {
    if (sheet.current) sheet.current.style.translate = `0 ${Math.max(pixels, -24)}px`;
  };
  const end = (event: PointerEvent) => {
    if (start === undefined) return;
    setStart(undefined);
    const drawn = event.clientY - start;
    if (event.type === 'pointerup' && drawn > CLOSE_PX) onClose();
    else if (event.type === 'pointerup' && drawn < -CLOSE_PX / 2 && onExpand) onExpand();
    else move(0);
  };
  return {
    sheet,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.target instanceof Element && event.target.closest('button, a')) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart(event.clientY);
      },
      onPointerMove: (event: PointerEvent) => {
        if (start !== undefined) move(event.clientY - start);
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}
