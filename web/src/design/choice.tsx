import { ChevronDown } from 'lucide-react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';

/** Chooses one of a few options from a list that opens. */
export function Choice<Value extends string>({
  label,
  isLabelHidden = false,
  options,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  isLabelHidden?: boolean;
  options: readonly { value: Value; text: string }[];
  /** Undefined: nothing is chosen yet. */
  value: Value | undefined;
  /** What stands there until something is chosen. */
  placeholder?: string;
  onChange: (value: Value) => void;
}) {
  return (
    <Select
      className="field"
      selectedKey={value ?? null}
      {...(placeholder !== undefined && { placeholder })}
      onSelectionChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label className={isLabelHidden ? 'visually-hidden' : 'field__label'}>{label}</Label>
      <Button className="button">
        <SelectValue />
        <ChevronDown aria-hidden />
      </Button>
      <Popover>
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem className="menu__item" id={option.value} textValue={option.text}>
              {option.text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
