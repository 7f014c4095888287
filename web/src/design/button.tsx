import type { ComponentProps } from 'react';

type Look = 'plain' | 'primary' | 'danger' | 'quiet';

/** The browser's own button, which does nothing else by itself; `look` says how much it asks for attention. */
export function Button({
  look = 'plain',
  ...props
}: Omit<ComponentProps<'button'>, 'className' | 'type'> & { look?: Look }) {
  return <button type="button" {...props} className={buttonClass(look)} />;
}

/** For links that look like buttons. */
export function buttonClass(look: Look): string {
  return look === 'plain' ? 'button' : `button button--${look}`;
}
