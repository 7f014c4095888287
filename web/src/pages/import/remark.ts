import { useTranslations } from 'use-intl';
import { importRemarks } from '../../texts/en/import-remarks.ts';

/** What the server says of a file or a record. */
export type Remark = {
  readonly code?: string;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** A remark in the person's language; one of another server's, whose code says nothing here, in its own words. */
export function useRemarkText(): (remark: Remark, text: string) => string {
  const t = useTranslations('importRemarks');
  return ({ code = '', values = {} }, text) => (isKnown(code) ? t(code, values) : text);
}

function isKnown(code: string): code is keyof typeof importRemarks {
  return Object.hasOwn(importRemarks, code);
}
