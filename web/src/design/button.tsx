import type { ComponentProps } from 'react';
import { Button as AriaButton } from 'react-aria-components';

type Look = 'plain' | 'primary' | 'danger' | 'quiet';

/** A button; `look` says how much it asks for attention. */
export function Button({
  look = 'plain',
  ...props
}: Omit<ComponentProps<typeof AriaButton>, 'className'> & { look?: Look }) {
  return <AriaButton {...props} className={buttonClass(look)} />;
}

/** For links that look like buttons. */
export function buttonClass(look: Look): string {
  return look === 'plain' ? 'button' : `button button--${look}`;
}
