import { ArrowDownWideNarrow, ListFilter, Search, X } from 'lucide-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { Button as ClearButton, Input, Label, SearchField } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { Device } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { MenuButton } from '../../design/menu-button.tsx';
import { isTypedIn } from '../../design/undo.ts';
import { COLUMNS, type Filter, type Order, countStates } from './filter.ts';
import { FilterChoices, useChips } from './filter-choices.tsx';
import { StateSegments } from './state-segments.tsx';

type Props = {
  text: string;
  onText: (text: string) => void;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  order: Order;
  onOrder: (order: Order) => void;
  devices: readonly Device[];
};

/** Search, filters and order of the list. */
export function FilterBar({ text, onText, ...rest }: Props) {
  return (
    <search className="devices__filters">
      <SearchBox text={text} onText={onText} />
      <Filters {...rest} />
    </search>
  );
}

function SearchBox({ text, onText }: Pick<Props, 'text' | 'onText'>) {
  const t = useTranslations('devices');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTypedIn(event.target)) return;
      event.preventDefault();
      // Before the command palette, which has this key on pages without a search.
      event.stopImmediatePropagation();
      input.current?.focus();
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, []);
  return (
    <SearchField className="field devices__search" value={text} onChange={onText}>
      <Label className="visually-hidden">{t('search')}</Label>
      <Search aria-hidden className="icon" />
      <Input ref={input} className="input" placeholder={t('searchHint')} aria-keyshortcuts="/" />
      <ClearButton className="button button--quiet" aria-label={t('clearSearch')}>
        <X aria-hidden />
      </ClearButton>
    </SearchField>
  );
}

/** Not rendered again for each letter typed. */
const Filters = memo(function Filters({
  filter,
  onFilter,
  order,
  onOrder,
  devices,
}: Omit<Props, 'text' | 'onText'>) {
  const t = useTranslations('devices');
  const [isOpen, setOpen] = useState(false);
  const counts = useMemo(() => countStates(devices), [devices]);
  const chips = useChips(filter, onFilter);
  return (
    <>
      <StateSegments
        state={filter.state}
        counts={counts}
        onChange={(state) => onFilter({ ...filter, state })}
      />
      <div className="devices__tools">
        <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <ListFilter aria-hidden />
          {t('filter')}
        </Button>
        <MenuButton
          label={t('sortedBy', { order: t(`orders.${order.column}`) })}
          items={COLUMNS.map((column) => ({
            id: column,
            text: t(`orders.${column}`),
            onChoose: () => onOrder({ column, isDescending: DESCENDING.has(column) }),
          }))}
        >
          <ArrowDownWideNarrow aria-hidden />
          {t(`orders.${order.column}`)}
        </MenuButton>
      </div>
      {chips.length > 0 && (
        <ul className="devices__chips" aria-label={t('filters')}>
          {chips.map(({ name, text, remove }) => (
            <li key={name}>
              <Button aria-label={t('removeFilter', { filter: text })} onClick={remove}>
                <span className="name">{text}</span>
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isOpen && (
        <Dialog title={t('filter')} onClose={() => setOpen(false)}>
          <FilterChoices {...{ filter, onFilter, devices }} />
        </Dialog>
      )}
    </>
  );
});

/** What comes first is the most, or the last. */
const DESCENDING: ReadonlySet<string> = new Set(['last_seen', 'usage', 'state']);
