import { Search, X } from 'lucide-react';
import { useMemo } from 'react';
import { Button, Input, Label, SearchField } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { Device, Router } from '../api/queries.ts';
import { Choice } from '../design/choice.tsx';
import { COLUMNS, type Filter, type Order, STATES } from './filter.ts';
import { knownType } from './type.tsx';

/** What narrows the list. */
export function Filters({
  filter,
  onChange,
  order,
  onOrder,
  devices,
  routers,
}: {
  filter: Filter;
  onChange: (filter: Filter) => void;
  order: Order;
  onOrder: (order: Order) => void;
  devices: readonly Device[];
  routers: readonly Router[];
}) {
  const t = useTranslations();
  const types = useMemo(
    () =>
      [...new Set(devices.map(({ device_type }) => device_type))]
        .filter((type) => type !== null)
        .toSorted(),
    [devices],
  );
  return (
    <search className="devices__filters">
      <SearchField
        className="field devices__search"
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      >
        <Label className="visually-hidden">{t('devices.search')}</Label>
        <Search aria-hidden className="icon" />
        <Input className="input" placeholder={t('devices.searchHint')} />
        <Button className="button button--quiet" aria-label={t('devices.clearSearch')}>
          <X aria-hidden />
        </Button>
      </SearchField>
      <Choice
        label={t('devices.state')}
        isLabelHidden
        options={STATES.map((value) => ({ value, text: t(`devices.states.${value}`) }))}
        value={filter.state}
        onChange={(state) => onChange({ ...filter, state })}
      />
      {types.length > 0 && (
        <Choice
          label={t('devices.type')}
          isLabelHidden
          options={[
            { value: 'all', text: t('devices.allTypes') },
            ...types.map((value) => {
              const known = knownType(value);
              return { value, text: known === undefined ? value : t(`devices.types.${known}`) };
            }),
          ]}
          value={filter.type}
          onChange={(type) => onChange({ ...filter, type })}
        />
      )}
      {routers.length > 1 && (
        <Choice
          label={t('devices.router')}
          isLabelHidden
          options={[
            { value: 'all', text: t('devices.allRouters') },
            ...routers.map(({ router_id, router_name }) => ({
              value: router_id,
              text: router_name ?? router_id,
            })),
          ]}
          value={filter.router}
          onChange={(router) => onChange({ ...filter, router })}
        />
      )}
      <div className="devices__order">
        <Choice
          label={t('devices.order')}
          isLabelHidden
          options={COLUMNS.map((value) => ({ value, text: t(`devices.orders.${value}`) }))}
          value={order.column}
          onChange={(column) => onOrder({ column, isDescending: column === 'last_seen' })}
        />
      </div>
    </search>
  );
}
