import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Person } from '../api/home-queries.ts';
import { devicesQuery } from '../api/queries.ts';
import { type Together, together } from './together.ts';

/** What holds for a person: for their devices taken together. */
export function useAccessOf({ id }: Pick<Person, 'id'>): Together {
  const { data: devices } = useQuery(devicesQuery);
  return useMemo(
    () =>
      together(
        (devices ?? []).filter(({ person_id }) => person_id === id).map(({ access }) => access),
      ),
    [devices, id],
  );
}
