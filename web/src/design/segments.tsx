import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import './segments.css';

export type Segment<Value extends string> = {
  value: Value;
  text: string;
  icon?: LucideIcon;
  /** The colour when it is chosen. */
  tone?: 'good' | 'warning' | 'danger';
};

/** One of a few choices, side by side: On, Slow, Off. Below each other if the room is too narrow. */
export function Segments<Value extends string>({
  label,
  isLabelHidden = false,
  options,
  value,
  onChange,
  isDisabled = false,
}: {
  label: string;
  isLabelHidden?: boolean;
  options: readonly Segment<Value>[];
  /** Undefined if none is chosen. */
  value: Value | undefined;
  onChange: (value: Value) => void;
  isDisabled?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="segments" disabled={isDisabled}>
      <legend className={isLabelHidden ? 'visually-hidden' : 'field__label'}>{label}</legend>
      <div className="segments__row">
        {options.map(({ value: own, text, icon: Icon, tone }) => (
          <label key={own} className="segments__one" data-tone={tone}>
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              checked={own === value}
              onChange={() => onChange(own)}
            />
            {Icon && <Icon aria-hidden className="icon" />}
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
