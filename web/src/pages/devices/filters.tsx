import { useQuery } from '@tanstack/react-query';
import { Search, X } from 'lucide-react';
import { type Dispatch, type SetStateAction, memo, useMemo } from 'react';
import { Button, Input, Label, SearchField } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { peopleQuery } from '../../api/home-queries.ts';
import type { Device, Router } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { RouterChoice } from '../routers/choice.tsx';
import { COLUMNS, type Filter, NOBODY, type Order } from './filter.ts';
import { typeOf } from './label.ts';
import { STATES } from './states.ts';
import { knownType } from './type.tsx';

type Props = {
  filter: Filter;
  onChange: Dispatch<SetStateAction<Filter>>;
  order: Order;
  onOrder: (order: Order) => void;
  devices: readonly Device[];
  routers: readonly Router[];
};

/** Search, filters and order of the list. */
export function Filters({ filter: { text, ...chosen }, onChange, ...rest }: Props) {
  const t = useTranslations('devices');
  return (
    <search className="devices__filters">
      <SearchField
        className="field devices__search"
        value={text}
        onChange={(typed) => onChange((filter) => ({ ...filter, text: typed }))}
      >
        <Label className="visually-hidden">{t('search')}</Label>
        <Search aria-hidden className="icon" />
        <Input className="input" placeholder={t('searchHint')} />
        <Button className="button button--quiet" aria-label={t('clearSearch')}>
          <X aria-hidden />
        </Button>
      </SearchField>
      <Choices {...chosen} onChange={onChange} {...rest} />
    </search>
  );
}

/** Not rendered again for each letter typed. */
const Choices = memo(function Choices({
  state,
  type,
  person,
  router,
  onChange,
  order,
  onOrder,
  devices,
  routers,
}: Omit<Filter, 'text'> & Omit<Props, 'filter'>) {
  const t = useTranslations('devices');
  const { data: people = [] } = useQuery(peopleQuery);
  const types = useMemo(
    () => [...new Set(devices.map(typeOf))].filter((found) => found !== null).toSorted(),
    [devices],
  );
  return (
    <>
      <Choice
        label={t('state')}
        isLabelHidden
        options={STATES.map((value) => ({ value, text: t(`states.${value}`) }))}
        value={state}
        onChange={(chosen) => onChange((filter) => ({ ...filter, state: chosen }))}
      />
      <Choice
        label={t('type')}
        isLabelHidden
        options={[
          { value: 'all', text: t('allTypes') },
          ...types.map((value) => {
            const known = knownType(value);
            return { value, text: known === undefined ? value : t(`types.${known}`) };
          }),
        ]}
        value={type}
        onChange={(chosen) => onChange((filter) => ({ ...filter, type: chosen }))}
      />
      {people.length > 0 && (
        <Choice
          label={t('person')}
          isLabelHidden
          options={[
            { value: 'all', text: t('everybody') },
            ...people.map(({ id, name }) => ({ value: id, text: name })),
            { value: NOBODY, text: t('nobodys') },
          ]}
          value={person}
          onChange={(chosen) => onChange((filter) => ({ ...filter, person: chosen }))}
        />
      )}
      <RouterChoice
        routers={routers}
        hasAll
        value={router}
        onChange={(chosen) => onChange((filter) => ({ ...filter, router: chosen }))}
      />
      <div className="devices__order">
        <Choice
          label={t('order')}
          isLabelHidden
          options={COLUMNS.map((value) => ({ value, text: t(`orders.${value}`) }))}
          value={order.column}
          onChange={(column) => onOrder({ column, isDescending: column === 'last_seen' })}
        />
      </div>
    </>
  );
});
