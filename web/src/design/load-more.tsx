import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';

/** A button for the next page of a list, if there is one. */
export function LoadMore({
  list,
}: {
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
}) {
  const t = useTranslations('action');
  if (!list.hasNextPage) return undefined;
  return (
    <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {t('loadMore')}
    </Button>
  );
}
