/** Fields that the settings of several kinds of channels have. */
import { Type } from 'typebox';

export const ServerUrl = (description: string) =>
  Type.String({ maxLength: 2000, pattern: '^https?://[^\\s]+$', description });

/** Goes into a header or a path: nothing that ends either. */
export const Token = (description: string) =>
  Type.String({ minLength: 1, maxLength: 500, pattern: '^[\\x21-\\x7e]+$', description });
