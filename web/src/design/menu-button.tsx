import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { buttonClass } from './button.tsx';
import './menu-button.css';

type MenuItem = {
  /** Unique within the menu. */
  id: string;
  text: string;
  /** Quieter, below the text. */
  hint?: string;
  icon?: ReactNode;
  isDanger?: boolean;
  isDisabled?: boolean;
  onChoose: () => void;
};

/** A button with a menu: Pause, for 15, 30, 60 minutes. Arrows move in it, Escape closes it. */
export function MenuButton({
  children,
  label,
  items,
  variant = 'plain',
  isDisabled = false,
  hasArrow = true,
}: {
  children: ReactNode;
  /** The button's name if its content does not say enough: "Pause Tim". */
  label?: string;
  items: readonly MenuItem[];
  variant?: Parameters<typeof buttonClass>[0];
  isDisabled?: boolean;
  hasArrow?: boolean;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = (isLast = false) => {
    if (!button.current || !menu.current) return;
    menu.current.showPopover();
    placeBeside(menu.current, button.current);
    itemsOf(menu.current)
      .at(isLast ? -1 : 0)
      ?.focus();
  };
  const close = (isBack: boolean) => {
    menu.current?.hidePopover();
    if (isBack) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={buttonClass(variant)}
        disabled={isDisabled}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={label}
        onClick={() => (isOpen ? close(false) : open())}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          event.stopPropagation();
          open(event.key === 'ArrowUp');
        }}
      >
        {children}
        {hasArrow && <ChevronDown aria-hidden />}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="menu menu--button"
        onToggle={({ newState }) => setOpen(newState === 'open')}
        onKeyDown={(event) => onMenuKey(event, close)}
      >
        {items.map((item) => (
          <Item key={item.id} item={item} onDone={() => close(true)} />
        ))}
      </div>
    </>
  );
}

function Item({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const { text, hint, icon, isDanger = false, isDisabled = false, onChoose } = item;
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="menu__item"
      disabled={isDisabled}
      {...(isDanger && { 'data-danger': '' })}
      onClick={() => {
        onDone();
        onChoose();
      }}
    >
      {icon}
      <span>
        {text}
        {hint !== undefined && <small>{hint}</small>}
      </span>
    </button>
  );
}

function onMenuKey(event: KeyboardEvent<HTMLElement>, close: (isBack: boolean) => void): void {
  const all = itemsOf(event.currentTarget);
  const index = all.findIndex((item) => item === document.activeElement);
  const next = targetOf(event.key, index, all.length);
  if (event.key === 'Tab') close(false);
  else if (event.key === 'Escape') {
    event.preventDefault();
    close(true);
  } else if (next !== undefined) {
    event.preventDefault();
    all[next]?.focus();
  } else return;
  // Not for what it is in, which would close or move too.
  event.stopPropagation();
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)')];
}

function targetOf(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowDown') return (index + 1) % count;
  if (key === 'ArrowUp') return (index - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

const GAP = 4;

/** Below the button, or above it where there is more room, and never beyond the window. */
function placeBeside(menu: HTMLElement, button: HTMLElement): void {
  const box = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const isBelow = box.bottom + GAP + height <= innerHeight || box.top < innerHeight - box.bottom;
  const isMirrored = getComputedStyle(button).direction === 'rtl';
  const left = isMirrored ? box.left : box.right - width;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, isBelow ? Math.min(box.bottom + GAP, innerHeight - height - 8) : box.top - GAP - height)}px`;
}
