import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type Device, type Router, devicesQuery, routersQuery } from '../api/queries.ts';
import { type DeliveryTexts, useDeliveryToast } from '../design/delivery-toast.ts';
import { showToast } from '../design/toast.ts';

/** What a rule is for: a device, a person, or else the whole home. */
type RuleScope = {
  home_id: string;
  person_id?: string | null | undefined;
  device_id?: string | null | undefined;
};

/** The thing that was changed: its toast's id, and what it is for. */
type RuleChange = { id: string; scope: RuleScope; undo?: (() => void) | undefined };

/** Returns a function that shows one toast for a change of a rule, which follows it to the router that has to do it. */
export function useRuleDelivery(): (change: RuleChange, texts: DeliveryTexts) => void {
  const queryClient = useQueryClient();
  const follow = useDeliveryToast();
  return useCallback(
    ({ id, scope, undo }, texts) => {
      const routers = queryClient.getQueryData(routersQuery.queryKey) ?? [];
      const devices = queryClient.getQueryData(devicesQuery.queryKey) ?? [];
      const routerId = slowestRouter(scope, routers, devices);
      if (routerId === undefined) showToast({ id, text: texts.done, undo });
      else follow({ id, routerId, undo }, texts);
    },
    [queryClient, follow],
  );
}

/** The router that does a rule last: of those that have a device of it one that is away, if any. Undefined: none has to do anything. Pure. */
export function slowestRouter(
  { home_id, person_id, device_id }: RuleScope,
  routers: readonly Pick<Router, 'router_id' | 'home_id' | 'is_active' | 'is_connected'>[],
  devices: readonly Pick<Device, 'id' | 'router_id' | 'person_id'>[],
): string | undefined {
  const concerned = new Set(
    devices
      .filter((device) => {
        if (device_id) return device.id === device_id;
        return person_id ? device.person_id === person_id : true;
      })
      .map(({ router_id }) => router_id),
  );
  const own = routers.filter(
    (router) => router.is_active && router.home_id === home_id && concerned.has(router.router_id),
  );
  return (own.find(({ is_connected }) => !is_connected) ?? own[0])?.router_id;
}
