import type { ComponentProps } from 'react';

type Variant = 'plain' | 'primary' | 'danger' | 'quiet';

/** The browser's own button. */
export function Button({
  variant = 'plain',
  ...props
}: Omit<ComponentProps<'button'>, 'className' | 'type'> & { variant?: Variant }) {
  return <button type="button" {...props} className={buttonClass(variant)} />;
}

/** For links that look like buttons. */
export function buttonClass(variant: Variant): string {
  return variant === 'plain' ? 'button' : `button button--${variant}`;
}
