import { useTranslations } from 'use-intl';
import type { RemarkCode } from '../../../../src/transfer/remarks.ts';

/** What the server reports about a file or a record, as a code and values. */
type Remark = {
  readonly code: RemarkCode;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** A remark in the person's language. One with a code that a newer server added is shown in the server's words, `text`. */
export function useRemarkText(): (remark: Remark, text: string) => string {
  const t = useTranslations('importRemarks');
  return ({ code, values = {} }, text) => (t.has(code) ? t(code, values) : text);
}
