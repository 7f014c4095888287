-- An address as src/parse-address.ts has it: an IPv4-mapped one (::ffff:192.0.2.1) is the IPv4 address. The rest is inet's own.
create or replace function canonical_address(address inet) returns inet
language sql immutable parallel safe
return case when address <<= inet '::ffff:0:0/96'
  then inet '0.0.0.0' + (address - inet '::ffff:0:0') else address end;
