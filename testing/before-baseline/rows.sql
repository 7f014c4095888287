INSERT INTO users VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'sub b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'https://issuer.example', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43@example.com', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', NULL, '1999-12-31 23:59:59.999999+00', '2001-01-01 00:00:00+00', '2025-06-06 12:16:45.01371+00', true);
INSERT INTO users VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', 'sub caa144f4-8391-4f9c-929f-6c9427cc9b18', 'https://issuer.example', 'caa144f4-8391-4f9c-929f-6c9427cc9b18@example.com', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', NULL, '1999-12-31 23:59:59.999999+00', '2001-01-01 00:00:00+00', '2025-06-06 12:16:45.01371+00', true);
INSERT INTO user_routers VALUES ('01a21878-798b-7b68-bb7a-6137b3e7619d', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '192.168.1.1', 65535, 'fe80::1', '2026-11-26 15:27:58.346743+00', '2026-11-26 15:27:58.346743+00', '2026-11-26 15:27:58.346743+00', true, false, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO user_routers VALUES ('01a21878-798c-7d71-9eed-74a930c1a901', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'same-for-all', NULL, NULL, NULL, NULL, '2026-11-26 15:27:58.346743+00', '2026-11-26 15:27:58.346743+00', NULL, true, false, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO user_routers VALUES ('01a21878-7a28-73a7-820a-0a2ecbc407ec', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '192.168.1.1', 65535, 'fe80::1', '2026-11-26 15:27:58.50417+00', '2026-11-26 15:27:58.50417+00', '2026-11-26 15:27:58.50417+00', true, false, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO user_routers VALUES ('01a21878-7a28-7b16-bca4-3a9a6a5bd3e0', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'same-for-all', NULL, NULL, NULL, NULL, '2026-11-26 15:27:58.50417+00', '2026-11-26 15:27:58.50417+00', NULL, true, false, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO audit_entries VALUES ('01a21878-79d4-7fb5-8595-6511860e013d', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '2026-11-26 15:27:58.419373+00', 'user', NULL, 'device.renamed', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', NULL, '{"long": 4503599627370496, "it''s \"quoted\", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 é, {}$$ ": [null, 0.0000001, "", {"nested": []}]}');
INSERT INTO audit_entries VALUES ('01a21878-79d4-785d-8fc0-1b42de1b2f00', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '2026-11-26 15:27:58.419373+00', 'system', NULL, 'user.created', NULL, NULL, '{}');
INSERT INTO audit_entries VALUES ('01a21878-7a3b-7112-9550-adf386f83fcc', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', '2026-11-26 15:27:58.523326+00', 'user', NULL, 'device.renamed', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', NULL, '{"long": 4503599627370496, "it''s \"quoted\", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 é, {}$$ ": [null, 0.0000001, "", {"nested": []}]}');
INSERT INTO audit_entries VALUES ('01a21878-7a3c-79da-9901-052a3feacd14', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', '2026-11-26 15:27:58.523326+00', 'system', NULL, 'user.created', NULL, NULL, '{}');
INSERT INTO user_devices VALUES ('fa703640-af19-4809-86a7-21c44962af54', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', '192.168.1.10', '00:00:5e:00:53:01', 'phone', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', NULL, NULL, '2026-11-26 15:27:58.366638+00', '2026-11-26 15:27:58.366638+00', true, true, false, '2026-11-26 15:27:58.366638+00', NULL, NULL, NULL, NULL);
INSERT INTO user_devices VALUES ('46314470-37aa-4612-95b0-1e0871aedc6a', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'fd00::53:2', NULL, NULL, NULL, NULL, NULL, '2026-11-26 15:27:58.366638+00', '2026-11-26 15:27:58.366638+00', false, false, false, '2026-11-26 15:27:58.374305+00', 'fa703640-af19-4809-86a7-21c44962af54', 'fa703640-af19-4809-86a7-21c44962af54', NULL, NULL);
INSERT INTO user_devices VALUES ('9d188f74-ee48-4aae-8631-3f9dde8d8738', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '192.168.1.10', '00:00:5e:00:53:01', 'phone', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', NULL, NULL, '2026-11-26 15:27:58.505598+00', '2026-11-26 15:27:58.505598+00', true, true, false, '2026-11-26 15:27:58.505598+00', NULL, NULL, NULL, NULL);
INSERT INTO user_devices VALUES ('771887af-9191-430a-bddf-6a45e3644d50', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', 'fd00::53:2', NULL, NULL, NULL, NULL, NULL, '2026-11-26 15:27:58.505598+00', '2026-11-26 15:27:58.505598+00', false, false, false, '2026-11-26 15:27:58.507007+00', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '9d188f74-ee48-4aae-8631-3f9dde8d8738', NULL, NULL);
INSERT INTO device_addresses VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'fa703640-af19-4809-86a7-21c44962af54', '192.168.1.9', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', '2024-02-29 00:00:00.000001+00', '2026-11-26 15:27:58.379238+00', false);
INSERT INTO device_addresses VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'fa703640-af19-4809-86a7-21c44962af54', '192.168.1.10', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', '2026-11-26 15:27:58.379238+00', '2026-11-26 15:27:58.379238+00', true);
INSERT INTO device_addresses VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '192.168.1.9', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '2024-02-29 00:00:00.000001+00', '2026-11-26 15:27:58.508431+00', false);
INSERT INTO device_addresses VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '192.168.1.10', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '2026-11-26 15:27:58.508431+00', '2026-11-26 15:27:58.508431+00', true);
INSERT INTO device_presence VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'fa703640-af19-4809-86a7-21c44962af54', '2024-02-29 00:00:00.000001+00', '2026-11-26 15:27:58.387427+00', 'r.250593ad-9809-4940-b3ce-09f6b1d96237');
INSERT INTO device_presence VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'fa703640-af19-4809-86a7-21c44962af54', '2026-11-26 15:27:58.387427+00', NULL, 'r.250593ad-9809-4940-b3ce-09f6b1d96237');
INSERT INTO device_presence VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '2024-02-29 00:00:00.000001+00', '2026-11-26 15:27:58.510619+00', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65');
INSERT INTO device_presence VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '2026-11-26 15:27:58.510619+00', NULL, 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65');
INSERT INTO event_counters VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 2);
INSERT INTO event_counters VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', 2);
INSERT INTO events VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '01a21878-79d8-79d3-bd2d-06b03ecb8a22', 1, '2026-11-26 15:27:58.424038+00', 'device.changed', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'fa703640-af19-4809-86a7-21c44962af54', '{"long": 4503599627370496, "it''s \"quoted\", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 é, {}$$ ": [null, 0.0000001, "", {"nested": []}]}');
INSERT INTO events VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '01a21878-79db-7d7f-a360-f8ed7f532d9f', 2, '2026-11-26 15:27:58.427046+00', 'user.changed', NULL, NULL, '{}');
INSERT INTO events VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', '01a21878-7a3c-7131-803d-64714b6b78c3', 1, '2026-11-26 15:27:58.524036+00', 'device.changed', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '{"long": 4503599627370496, "it''s \"quoted\", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 é, {}$$ ": [null, 0.0000001, "", {"nested": []}]}');
INSERT INTO events VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', '01a21878-7a3c-7bc4-9c82-ca50e7032b3a', 2, '2026-11-26 15:27:58.524079+00', 'user.changed', NULL, NULL, '{}');
INSERT INTO idempotency_keys VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '6c7941e7-025d-4e05-85e4-e54c83d9a558', '\x540c17ce217d67ae18c9e64ea2d7396460f310d86741c010711b0011b248aac6', 201, NULL, 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '2026-11-26 15:27:58.487189+00');
INSERT INTO idempotency_keys VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', 'ada8250e-ecd7-491b-b06e-d3ddb3efba7f', '\x343aa853a8743b8dde6a9cf3cc7db214eab1ae29ceb8dec4eefe35bad528f970', 201, NULL, 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '2026-11-26 15:27:58.534664+00');
INSERT INTO imports VALUES ('30a885e0-ff40-4ee2-9d33-b47b3183ada5', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', '2026-11-26 15:27:58.441532+00', '{"long": 4503599627370496, "it''s \"quoted\", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 é, {}$$ ": [null, 0.0000001, "", {"nested": []}]}');
INSERT INTO imports VALUES ('2e14f932-4256-47fb-ace2-ec44449a19c2', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '2026-11-26 15:27:58.52537+00', '{"long": 4503599627370496, "it''s \"quoted\", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 é, {}$$ ": [null, 0.0000001, "", {"nested": []}]}');
INSERT INTO import_rejects VALUES ('01a21878-79ed-714a-9532-8a5a0a144044', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '30a885e0-ff40-4ee2-9d33-b47b3183ada5', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'devices.json', 'key', 'ip', NULL, 'no address', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ');
INSERT INTO import_rejects VALUES ('01a21878-7a3e-7510-811b-5565a4ef676c', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', '2e14f932-4256-47fb-ace2-ec44449a19c2', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', 'devices.json', 'key', 'ip', NULL, 'no address', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ');
INSERT INTO local_sign_in_links VALUES ('\xe8a5d935ecc74bb00a29803dd0a625850bdacab8d3f7a63ba852c0694ebfd3a9', 'local@example.com', '2026-11-26 15:27:58.340234+00', '2026-11-26 15:37:58.340234+00');
INSERT INTO local_sign_in_links VALUES ('\x8177374a2a147524134dd0b168b3b19a1eda5d5a07ecba432afd724e9ab316e7', 'local@example.com', '2026-11-26 15:27:58.503469+00', '2026-11-26 15:37:58.503469+00');
INSERT INTO pairing_codes VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '01a21878-7a0b-70cc-8f10-63120c9c08cb', '\x165bf71710b86eb5db553b24b727180b788b342c1c2708b0415095c1a5ffbd4a', '2026-11-26 15:27:58.474105+00', '2026-11-26 15:37:58.474105+00', '2026-11-26 15:27:58.474105+00', 'r.250593ad-9809-4940-b3ce-09f6b1d96237');
INSERT INTO pairing_codes VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '01a21878-7a0b-7576-9dd7-22d93e3c6412', '\x1c48c6db9e5f91839815e7c274c9c992566bb8efe9d7c288d80aaa1ef613a1aa', '2026-11-26 15:27:58.474105+00', '2026-11-26 15:37:58.474105+00', NULL, NULL);
INSERT INTO pairing_codes VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', '01a21878-7a44-70ee-8ff5-d6b28b6e2bb9', '\x8dc6d73bd11fe619a57542ff783cf39f73e67fb1ea644bb910e647d10ecb27b2', '2026-11-26 15:27:58.531565+00', '2026-11-26 15:37:58.531565+00', '2026-11-26 15:27:58.531565+00', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65');
INSERT INTO pairing_codes VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', '01a21878-7a44-7b73-966c-8b10cfb03eba', '\x90740621bb7bbf070be8310b55ce9ebcf0f3a0706e03b8a0cc9c238dc09b50f8', '2026-11-26 15:27:58.531565+00', '2026-11-26 15:37:58.531565+00', NULL, NULL);
INSERT INTO router_dials VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '\x6efccaa331b5fb3f3ddd98614c4caac559902de3e3698d1fe006659a279e1d5502b9c46bee86d8724d9821a0544d1776ab2f578c0dcd02455cff9cd130bbcd0e', 'unreachable', NULL, NULL, '2026-11-26 15:27:58.470955+00');
INSERT INTO router_dials VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', 'ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '\xf6cbf77f8cf61448ef5433e661a9d5d4d01b3f1fa5b88b89c2b373b0792fbd00aa141e44e1136808077bd1b815dc553812932ce8d094f8d37770989ec6b72a38', 'unreachable', NULL, NULL, '2026-11-26 15:27:58.530631+00');
INSERT INTO router_keys VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', '\xb72b92416b0b7daa0407b03dd512bfd4fc30b3e9229dceacc4f80c2cc1b1241a', 'ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '2026-11-26 15:27:58.461154+00', NULL);
INSERT INTO router_keys VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', NULL, '\x9683912568cbd04b2c844ebe0a59b3a165324d446d54810b026a5907f0331c8b', 'ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '2026-11-26 15:27:58.461154+00', '2026-11-26 15:27:58.461154+00');
INSERT INTO router_keys VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '\x9d3aa27f3eb0ee571724e5d5cdff82f580c80a8bd6f7124927bb69ba39915938', 'ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '2026-11-26 15:27:58.526636+00', NULL);
INSERT INTO router_keys VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', NULL, '\xd98b3b9de994f1e440a225e4c0e3ff6f88dc179bca3fb26bf1f152fe5b622cc2', 'ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '2026-11-26 15:27:58.526636+00', '2026-11-26 15:27:58.526636+00');
INSERT INTO router_policies VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'same-for-all', 'none', 50000000, NULL, 50000000, NULL, 1, 0, NULL, '2026-11-26 15:27:58.346743+00', NULL, NULL);
INSERT INTO router_policies VALUES ('b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'whitelist', 0, 9007199254740991, 50000000, NULL, 7, 6, '2026-11-26 15:27:58.359104+00', '2026-11-26 15:27:58.360485+00', NULL, NULL);
INSERT INTO router_policies VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', 'same-for-all', 'none', 50000000, NULL, 50000000, NULL, 1, 0, NULL, '2026-11-26 15:27:58.50417+00', NULL, NULL);
INSERT INTO router_policies VALUES ('caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', 'whitelist', 0, 9007199254740991, 50000000, NULL, 7, 6, '2026-11-26 15:27:58.505138+00', '2026-11-26 15:27:58.505284+00', NULL, NULL);
INSERT INTO server_keys VALUES ('\xb50ef57258ca7dbabfee2210d03a3ced812581b65abe598c091c6603d080b946', '916f3f95-2b1f-4121-88ff-7bb7e4226df4', 'ssh-ed25519 AAAA', '\x2745ff32078f890305e440d9e1b35c95fe2157defac5bc7d8e8ad5f0f7719f7a3db5155db10893a0aeddfa33dcab60ebdfa2218da59051824d218a67c77073ae', '2026-11-26 15:27:58.341921+00');
INSERT INTO server_keys VALUES ('\x950558e1203a0dfeb22f701127d1db2eb668c361ca1cfc5ddc97a921e0081a46', 'e2fa0603-5680-41d2-8c80-3a6c863c2b3f', 'ssh-ed25519 AAAA', '\xe14d35200805b86edba8492e6c819de036324907cfbbbec52c1cd1626bb17128323540fca07399d9fb922bba3ee7a5252cc8d4474180b4c58c8ff3cc3e898426', '2026-11-26 15:27:58.503841+00');
INSERT INTO sign_in_attempts VALUES ('\x0e8db4052cbcc2198804adfc6564a7b19f1fd8dfaea3378321c8eda19bb5ad5e', 'nonce', 'verifier', '/', '2026-11-26 15:27:58.338801+00', '2026-11-26 15:37:58.338801+00');
INSERT INTO sign_in_attempts VALUES ('\x3384fc0847d75c1bdb228f4344d2719ec46ffcf162f3706522f6812e4f3a1c4a', 'nonce', 'verifier', '/', '2026-11-26 15:27:58.50301+00', '2026-11-26 15:37:58.50301+00');
INSERT INTO user_blacklists VALUES ('01a21878-79c2-7cdb-b2ba-623b08ea8e7a', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'fa703640-af19-4809-86a7-21c44962af54', '192.168.1.10', '00:00:5e:00:53:01', NULL, 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '2026-11-26 15:27:58.401111+00', false, '2026-11-26 15:27:58.401111+00');
INSERT INTO user_blacklists VALUES ('01a21878-7a37-70ac-b074-4eed711ebf83', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '192.168.1.10', '00:00:5e:00:53:01', NULL, 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '2026-11-26 15:27:58.519154+00', false, '2026-11-26 15:27:58.519154+00');
INSERT INTO user_blocked_devices VALUES ('01a21878-79c7-7aec-8332-98da8b544fde', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'fa703640-af19-4809-86a7-21c44962af54', '192.168.1.10', NULL, 'manual', '2026-11-26 14:27:58.406639+00', '2026-11-26 15:27:58.406639+00', false);
INSERT INTO user_blocked_devices VALUES ('01a21878-79c9-7e1d-9483-6015e02f9754', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'fa703640-af19-4809-86a7-21c44962af54', '192.168.1.10', NULL, 'manual', '2026-11-26 15:27:58.406639+00', NULL, true);
INSERT INTO user_blocked_devices VALUES ('01a21878-7a38-77a8-973a-fc87c382353b', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '192.168.1.10', NULL, 'manual', '2026-11-26 14:27:58.519779+00', '2026-11-26 15:27:58.519779+00', false);
INSERT INTO user_blocked_devices VALUES ('01a21878-7a38-7992-a2ec-410a7cab2048', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '192.168.1.10', NULL, 'manual', '2026-11-26 15:27:58.519779+00', NULL, true);
INSERT INTO user_sessions VALUES ('01a21878-7979-7f58-964b-c6bb8a02e526', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', '338e5f79-41f5-4b0f-9390-d1402b4665c9', '\x16626ce816a84285556301a98cb1744ce1322cfcdbbd3aa34e33552f4acf2f9e', '2026-11-26 15:27:58.327947+00', '2026-11-26 15:27:58.327947+00', '2026-11-27 15:27:58.327947+00', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '2001:db8::1', true, NULL);
INSERT INTO user_sessions VALUES ('01a21878-797f-7285-8558-c5833daec660', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'c9a184ca-be1b-4e4d-b2cc-802dcb0b123b', '\x2f595f783e7c598880adf91f993336325a244452fe843098030d428d94a13f9b', '2026-11-26 15:27:58.327947+00', '2026-11-26 15:27:58.327947+00', '2026-11-26 15:27:58.327946+00', NULL, NULL, true, NULL);
INSERT INTO user_sessions VALUES ('01a21878-7a25-798d-ba78-a0861205992e', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', '524fb770-33c8-437f-af89-35d941925baf', '\xa774dcb29f2530b1717758bdf73472e5164c9734d64bcac39120df10562c7857', '2026-11-26 15:27:58.500712+00', '2026-11-26 15:27:58.500712+00', '2026-11-27 15:27:58.500712+00', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '2001:db8::1', true, NULL);
INSERT INTO user_sessions VALUES ('01a21878-7a25-7b2b-96b6-5e4284d4360a', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', '1f15c867-5f6f-42ff-82b1-8b81fcb0c6f5', '\xb1a863ed7e056c386727c0384e1e5684f0909f65edc66860e0a12963664aeeaa', '2026-11-26 15:27:58.500712+00', '2026-11-26 15:27:58.500712+00', '2026-11-26 15:27:58.500711+00', NULL, NULL, true, NULL);
INSERT INTO user_settings VALUES ('01a21878-79d1-7852-b7b6-63030c9eceba', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', NULL, 'theme', 'null', '2026-11-26 15:27:58.416244+00', '2026-11-26 15:27:58.416244+00');
INSERT INTO user_settings VALUES ('01a21878-79d1-7699-9e93-c816c80fe9bf', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'theme', '{"long": 4503599627370496, "it''s \"quoted\", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 é, {}$$ ": [null, 0.0000001, "", {"nested": []}]}', '2026-11-26 15:27:58.416244+00', '2026-11-26 15:27:58.416244+00');
INSERT INTO user_settings VALUES ('01a21878-7a3b-7b66-9d62-98c867b40cc4', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', NULL, 'theme', 'null', '2026-11-26 15:27:58.52264+00', '2026-11-26 15:27:58.52264+00');
INSERT INTO user_settings VALUES ('01a21878-7a3b-7741-9731-167f0be5d6eb', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', 'theme', '{"long": 4503599627370496, "it''s \"quoted\", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 é, {}$$ ": [null, 0.0000001, "", {"nested": []}]}', '2026-11-26 15:27:58.52264+00', '2026-11-26 15:27:58.52264+00');
INSERT INTO user_whitelists VALUES ('01a21878-79b8-7579-81f8-685e20b629c7', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', 'fa703640-af19-4809-86a7-21c44962af54', '192.168.1.10', '00:00:5e:00:53:01', 'phone', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '2026-11-26 15:27:58.391283+00', '2026-11-26 15:27:58.391283+00');
INSERT INTO user_whitelists VALUES ('01a21878-79b8-75a9-b45b-320905d61060', 'b251ccc5-2bcf-4bbf-8a4a-088dbbd9bf43', 'r.250593ad-9809-4940-b3ce-09f6b1d96237', NULL, 'fd00::99', NULL, NULL, '', '2026-11-26 15:27:58.391283+00', '2026-11-26 15:27:58.391283+00');
INSERT INTO user_whitelists VALUES ('01a21878-7a36-735d-a70e-f4775a5b0970', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', '9d188f74-ee48-4aae-8631-3f9dde8d8738', '192.168.1.10', '00:00:5e:00:53:01', 'phone', 'it''s "quoted", \back\slash\, \N and \.
\.
new
lines,	tab, , ünï 日本 📱 é, {}$$ ', '2026-11-26 15:27:58.517626+00', '2026-11-26 15:27:58.517626+00');
INSERT INTO user_whitelists VALUES ('01a21878-7a36-7171-b4b0-b48064802133', 'caa144f4-8391-4f9c-929f-6c9427cc9b18', 'r.d45ad4f8-ab3f-4367-9471-a82b5da1da65', NULL, 'fd00::99', NULL, NULL, '', '2026-11-26 15:27:58.517626+00', '2026-11-26 15:27:58.517626+00');
