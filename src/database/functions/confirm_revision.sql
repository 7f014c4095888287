-- The router has applied a revision: stored, with the lines of its document that it refused (line, reason, address), and an event. Each
-- line gets the device that has the address now. Does nothing if the policy never had that revision.
create or replace function confirm_revision(of_user uuid, of_router varchar, revision bigint, refused jsonb default '[]') returns void
language plpgsql volatile as $$
begin
  perform set_config('netpilot.user_id', of_user::text, true);
  update router_policies
    set applied_revision = revision, applied_at = now(), refused_revision = null, refused_reason = null,
      refused_lines = coalesce((
        select jsonb_agg(line || jsonb_build_object('device_id', (
          select coalesce(d.shown_as, d.id) from user_devices d
          where d.user_id = of_user and d.router_id = of_router
            and (d.mac::text = line ->> 'address' or d.holds_ip and host(d.ip) = line ->> 'address')
          order by d.last_seen desc limit 1)) order by place)
        from jsonb_array_elements(refused) with ordinality of_document (line, place)), '[]')
    where user_id = of_user and router_id = of_router and policy_revision >= revision;
  if found then
    insert into events (user_id, type, router_id, data)
      values (of_user, 'policy.applied', of_router, jsonb_build_object('applied_revision', revision));
  end if;
end
$$;
