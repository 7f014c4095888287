import type { ComponentProps } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';

/** A text field with its label, a description and an error. */
export function Field({
  label,
  description,
  error,
  placeholder,
  ...props
}: Omit<ComponentProps<typeof TextField>, 'className' | 'children'> & {
  label: string;
  description?: string;
  error?: string | undefined;
  placeholder?: string;
}) {
  return (
    <TextField {...props} className="field" isInvalid={error !== undefined}>
      <Label className="field__label">{label}</Label>
      <Input className="input" placeholder={placeholder ?? ''} />
      {description !== undefined && (
        <Text slot="description" className="field__description">
          {description}
        </Text>
      )}
      <FieldError className="field__error">{error}</FieldError>
    </TextField>
  );
}
