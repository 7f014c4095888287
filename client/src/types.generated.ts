export interface paths {
    "/agent/netpilot-agent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The program that runs on the router */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/netpilot.init": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the router starts it */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agent/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link a router by a pairing code
         * @description Takes a form or JSON. Answers in lines of a name and a value: `router_id`, then what the router dials: `host`, `port`, and each `host_key` that it may find there; or, for one that is to be dialled, the `client_key` that it is to let in. The same request again gives the same answer while the code works. That it has the private key, the router proves when it dials in.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        code: string;
                        /** @description Instead, of a router that the server dials: its SSH server's own key, of either kind */
                        host_key?: string;
                        name?: string;
                        /** @description The public_key or host_key that it was linked with before. Without it, it is refused while a router is connected with this router_id: there may be two with one MAC. */
                        previous_key?: string;
                        /** @description By which it dials in, as an OpenSSH line: `ssh-ed25519 AAAA…`, or `ssh-rsa AAAA…` of 2048 to 8192 bits */
                        public_key?: string;
                        /** @description The id chosen by the router's agent. */
                        router_id: string;
                    };
                    "application/x-www-form-urlencoded": {
                        code: string;
                        /** @description Instead, of a router that the server dials: its SSH server's own key, of either kind */
                        host_key?: string;
                        name?: string;
                        /** @description The public_key or host_key that it was linked with before. Without it, it is refused while a router is connected with this router_id: there may be two with one MAC. */
                        previous_key?: string;
                        /** @description By which it dials in, as an OpenSSH line: `ssh-ed25519 AAAA…`, or `ssh-rsa AAAA…` of 2048 to 8192 bits */
                        public_key?: string;
                        /** @description The id chosen by the router's agent. */
                        router_id: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who did what, newest first; what was imported comes last
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description An action (`device.changed`), or all of a subject (`device`). */
                    action?: string;
                    /** @description Only actions of this member of the home, or of its `owner`. */
                    actor_id?: string;
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    /** @description Only actions on this device, or on a part of it. */
                    device_id?: string;
                    /** @description The most items to return. */
                    limit?: number;
                    /** @description The id chosen by the router's agent. */
                    router_id?: string;
                    /** @description Only actions at or after this time. */
                    since?: string;
                    /** @description Only actions of an API token of this name. */
                    token_name?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @enum {string} */
                                action: "access.answered" | "access.asked" | "alert_channel.changed" | "alert_channel.created" | "alert_channel.deleted" | "alert_preferences.changed" | "blacklist.added" | "blacklist.changed" | "blacklist.removed" | "block.ended" | "block.started" | "device.changed" | "device.deleted" | "device.discovered" | "device.merged" | "device.recognised" | "device.reviewed" | "device.unmerged" | "device.wake_requested" | "home.changed" | "home.created" | "home.deleted" | "import.finished" | "invitation.withdrawn" | "member.changed" | "member.invited" | "member.joined" | "member.removed" | "person.changed" | "person.created" | "person.deleted" | "policy.changed" | "router.changed" | "router.crowded" | "router.deleted" | "router.drift_mended" | "router.key_shared" | "router.lan_changed" | "router.lan_mac_shared" | "router.linked" | "router.replaced" | "router.scan_requested" | "router.unlinked" | "router.update_requested" | "rule.changed" | "rule.created" | "rule.deleted" | "session.ended" | "session.started" | "setting.changed" | "setting.deleted" | "token.created" | "token.ended" | "user.activated" | "user.changed" | "user.created" | "user.deactivated" | "user.linked" | "whitelist.added" | "whitelist.changed" | "whitelist.removed";
                                /** @description `user`, `operator`, `router` or `system`; `imported` for what an imported export says, true or not. */
                                actor: string;
                                /**
                                 * Format: uuid
                                 * @description The member who acted; null: not a member.
                                 */
                                actor_id: string | null;
                                /** @description Who acted, for what others did: a member, or the home's owner. */
                                actor_name: string | null;
                                /** Format: date-time */
                                at: string;
                                /** @description Where the session that acted was, such as "Chrome on Linux"; null: no session, or not yours to know. */
                                client: string | null;
                                /** @description Any JSON value. */
                                details: unknown;
                                /** @description The device that it is about, if that is still here. */
                                device: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                    /** @description The id chosen by the router's agent. */
                                    router_id: string;
                                } | null;
                                /**
                                 * Format: uuid
                                 * @description The home, of what is about no router.
                                 */
                                home_id: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: date-time
                                 * @description When an import of an export brought it here; null: it was recorded here.
                                 */
                                imported_at: string | null;
                                /** @description The router that was replaced, or that has the same MAC. */
                                other_router_name: string | null;
                                /** @description The person that it is about, if they are still here. */
                                person: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                } | null;
                                /** @description The id chosen by the router's agent. */
                                router_id: string | null;
                                router_name: string | null;
                                session_id: string | null;
                                subject_id: string | null;
                                /** @description What it is called now; if it is gone, what it was called then. */
                                subject_name: string | null;
                                /** @description The API token that acted, as it was called then; only of own actions, and for the owner. */
                                token_name: string | null;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the devices of all routers, or of one
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    /** @description The most items to return. */
                    limit?: number;
                    /** @description Only devices of this person. */
                    person_id?: string;
                    /** @description The id chosen by the router's agent. */
                    router_id?: string;
                    /** @description Descending with `-` in front. `name` is device_name, else hostname, else ip. Devices without a type come last. */
                    sort?: "name" | "ip" | "last_seen" | "first_seen" | "type" | "-name" | "-ip" | "-last_seen" | "-first_seen" | "-type";
                    /** @description Only devices in this state. `blocked` and `limited` are those whose `access` is that now, for whatever reason. `new` are those that nobody has reviewed. `offline` are all that are not known to be online; `unknown` of these are those whose router is not connected. */
                    state?: "online" | "offline" | "unknown" | "blocked" | "limited" | "new" | "whitelisted" | "blacklisted";
                    /** @description Searched for, ignoring case, in device_name, hostname, manufacturer, mac, ip, and the network, port and SSID of its place. */
                    text?: string;
                    /** @description Exactly this device_type. */
                    type?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                                access: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    next: {
                                        /**
                                         * @description What it gets. A limit of 0 in both directions is a block.
                                         * @enum {unknown}
                                         */
                                        access: "allow" | "limit" | "block";
                                        /** Format: date-time */
                                        at: string;
                                        /** @description Why. */
                                        because: {
                                            /**
                                             * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                             * @enum {unknown}
                                             */
                                            kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                            /** @description Of the rule. */
                                            name: string | null;
                                            /**
                                             * Format: uuid
                                             * @description The rule, if it is one.
                                             */
                                            rule_id: string | null;
                                            /** @description What the rule is for: everyone, person, device or network. */
                                            target: string | null;
                                        };
                                        /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                        down_rate: number | null;
                                        /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                        is_armed: boolean;
                                        /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                        up_rate: number | null;
                                    } | null;
                                    /**
                                     * Format: date-time
                                     * @description Since when, for the same reason; null: nobody knows.
                                     */
                                    since: string | null;
                                    /**
                                     * Format: date-time
                                     * @description When something else holds, whatever the reason; null: as far as is known, never.
                                     */
                                    until: string | null;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                };
                                /** @description The name that its owner gave it. */
                                device_name: string | null;
                                /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                                device_type: string | null;
                                /** Format: date-time */
                                first_seen: string;
                                /** @description Its MAC is random, as phones use it: it may have another one tomorrow. */
                                has_random_mac: boolean;
                                /** @description False once another device has this address. */
                                holds_ip: boolean;
                                /** @description The name that it reports. */
                                hostname: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip: string;
                                /** @description Whether it is on the blacklist, with an active entry, in any mode. */
                                is_blacklisted: boolean;
                                /** @description Whether an active block applies to it. Whether it gets through is in `access`. */
                                is_blocked: boolean;
                                /** @description Whether another router knows one of its MACs too: the device itself says which (`elsewhere`). */
                                is_elsewhere: boolean;
                                /** @description Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one. */
                                is_new: boolean;
                                /** @description False also while its router is not connected: see `unknown_since`. */
                                is_online: boolean;
                                /** @description Whether it is the router itself. */
                                is_router: boolean;
                                /** @description Whether it is on the whitelist, in any mode. */
                                is_whitelisted: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                /** @description All its MACs: its own, and those of the devices merged into it. */
                                macs: string[];
                                manufacturer: string | null;
                                /** @description Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing. */
                                name_guess: string | null;
                                /**
                                 * Format: uuid
                                 * @description Who uses it; null: nobody has said.
                                 */
                                person_id: string | null;
                                /** @description Where it is, or was last; null if its router does not say. */
                                place: {
                                    /** @description Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60. */
                                    band: string | null;
                                    /** @description Bit/s that it was last sent with. */
                                    down: number | null;
                                    /** @description As the router's configuration names it, such as `guest`. */
                                    network: string | null;
                                    /** @description The router's interface where it is plugged in, or its radio. */
                                    port: string | null;
                                    /** @description In dBm, as the router hears it. A change of less than 10 is not stored. */
                                    signal: number | null;
                                    /**
                                     * Format: date-time
                                     * @description Since when it is on this network, port, SSID and band.
                                     */
                                    since: string;
                                    /** @description The Wi-Fi that it is in; null with a cable. */
                                    ssid: string | null;
                                    /** @description Bit/s that it last sent with. */
                                    up: number | null;
                                } | null;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** @description Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one. */
                                same_as: {
                                    /** Format: uuid */
                                    device_id: string;
                                    /** @description Of that device, as people see it. */
                                    name: string;
                                    reasons: {
                                        /** @enum {unknown} */
                                        code: "random_mac" | "same_name" | "left_before" | "same_network" | "was_blocked" | "had_rules";
                                        /** @description With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came. */
                                        value: string | null;
                                    }[];
                                } | null;
                                /** @description Guessed, as long as it has no `device_type`; null if nothing says what it is. */
                                type_guess: {
                                    /** @description The name or the manufacturer that says so; null for `random_mac`. */
                                    evidence: string | null;
                                    /**
                                     * @description What says so.
                                     * @enum {unknown}
                                     */
                                    reason: "device_name" | "hostname" | "manufacturer" | "random_mac";
                                    /** @description What it may be, such as `phone`, `watch` or `smart_home`. */
                                    type: string;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.
                                 */
                                unknown_since: string | null;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/own": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the device that sends the request
         * @description As far as its address shows: none if it is not in the home, several if two routers have a device at that address. What would cut it off needs `confirm`. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream events as they happen
         * @description Server-sent events (text/event-stream): the data of each message has the schema `Event`; messages have no name, so that `onmessage` receives all of them. A message named `ready` comes first: `{"resumed": true}` if the stream continues right after `Last-Event-ID`; with `false`, which can also come later, events may be missing: read again what you show. Events are kept for at least 24 hours; each is sent once. The stream ends with the session. Of a home that was chosen it has only that one's events: their numbers have gaps. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Like the header, for clients that cannot set it; the header takes precedence. */
                    last_event_id?: string;
                    /** @description Also messages named `usage`: what the chosen home used since midnight in its time zone, `{"devices": [{"device_id", "router_id", "person_id", "down", "up"}], "people": [{"person_id", "down", "up"}]}`, at first and then each minute if it has changed. They have no number. Needs a home, and a token for all routers. */
                    usage?: boolean;
                };
                header?: {
                    /** @description Number of the last event that the client received: the next one is sent first. */
                    "last-event-id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Continues until the session ends. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the homes that you own or are a member of */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                created_at: string;
                                /** Format: uuid */
                                id: string;
                                is_own: boolean;
                                name: string;
                                /** @description What a device gets that nobody has reviewed yet, in bit/s. */
                                new_devices: {
                                    /** @enum {unknown} */
                                    access: "allow" | "limit" | "block";
                                    down_rate: number | null;
                                    /** @description Whether somebody has said so; until then they are allowed. */
                                    is_chosen: boolean;
                                    up_rate: number | null;
                                };
                                /** @description Null if it is your own. */
                                owner_name: string | null;
                                people: number;
                                /**
                                 * @description What you are there.
                                 * @enum {unknown}
                                 */
                                role: "child" | "viewer" | "admin" | "owner";
                                routers: number;
                                /**
                                 * Format: timezone
                                 * @description Null until somebody has said it: UTC.
                                 */
                                timezone: string | null;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Create a home */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        /**
                         * Format: timezone
                         * @description Of the IANA database, such as Europe/Berlin: in it the times of rules are meant.
                         */
                        timezone?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            is_own: boolean;
                            name: string;
                            /** @description What a device gets that nobody has reviewed yet, in bit/s. */
                            new_devices: {
                                /** @enum {unknown} */
                                access: "allow" | "limit" | "block";
                                down_rate: number | null;
                                /** @description Whether somebody has said so; until then they are allowed. */
                                is_chosen: boolean;
                                up_rate: number | null;
                            };
                            /** @description Null if it is your own. */
                            owner_name: string | null;
                            people: number;
                            /**
                             * @description What you are there.
                             * @enum {unknown}
                             */
                            role: "child" | "viewer" | "admin" | "owner";
                            routers: number;
                            /**
                             * Format: timezone
                             * @description Null until somebody has said it: UTC.
                             */
                            timezone: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a home */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            is_own: boolean;
                            name: string;
                            /** @description What a device gets that nobody has reviewed yet, in bit/s. */
                            new_devices: {
                                /** @enum {unknown} */
                                access: "allow" | "limit" | "block";
                                down_rate: number | null;
                                /** @description Whether somebody has said so; until then they are allowed. */
                                is_chosen: boolean;
                                up_rate: number | null;
                            };
                            /** @description Null if it is your own. */
                            owner_name: string | null;
                            people: number;
                            /**
                             * @description What you are there.
                             * @enum {unknown}
                             */
                            role: "child" | "viewer" | "admin" | "owner";
                            routers: number;
                            /**
                             * Format: timezone
                             * @description Null until somebody has said it: UTC.
                             */
                            timezone: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete a home without routers, its people and its rules
         * @description For the home's owner. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Rename a home, or say in which time zone it is
         * @description For the role `admin` and above.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        /**
                         * Format: timezone
                         * @description Of the IANA database, such as Europe/Berlin: in it the times of rules are meant.
                         */
                        timezone?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            is_own: boolean;
                            name: string;
                            /** @description What a device gets that nobody has reviewed yet, in bit/s. */
                            new_devices: {
                                /** @enum {unknown} */
                                access: "allow" | "limit" | "block";
                                down_rate: number | null;
                                /** @description Whether somebody has said so; until then they are allowed. */
                                is_chosen: boolean;
                                up_rate: number | null;
                            };
                            /** @description Null if it is your own. */
                            owner_name: string | null;
                            people: number;
                            /**
                             * @description What you are there.
                             * @enum {unknown}
                             */
                            role: "child" | "viewer" | "admin" | "owner";
                            routers: number;
                            /**
                             * Format: timezone
                             * @description Null until somebody has said it: UTC.
                             */
                            timezone: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/homes/{home_id}/alert-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your alert channels in a home */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Whether this NetPilot sends e-mail. */
                            has_email: boolean;
                            items: {
                                /** Format: date-time */
                                created_at: string;
                                /** Format: uuid */
                                id: string;
                                is_enabled: boolean;
                                /** @description One of email, ntfy, webhook, web_push, gotify, telegram, pushover, apprise. */
                                kind: string;
                                language: string;
                                name: string;
                                /** @description In plain words: why NetPilot has switched it off, or, while it is on, why the last messages did not arrive. */
                                problem: string | null;
                                /** @description Any JSON value. */
                                settings: unknown;
                                /**
                                 * Format: date-time
                                 * @description When something last arrived there; null: never yet.
                                 */
                                verified_at: string | null;
                                wanted: string[];
                            }[];
                            /** @description What a browser needs to subscribe: `applicationServerKey`, base64url. */
                            web_push_key: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add an alert channel
         * @description For yourself: members have channels of their own. An `Idempotency-Key` has no effect here: the response would have to be stored, and the secret in it is not. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description `email` goes to the address of your account. The others go to a target of yours on the internet, or in a network that the operator allows (ALERT_NETWORKS).
                         * @enum {unknown}
                         */
                        kind: "email" | "ntfy" | "webhook" | "web_push" | "gotify" | "telegram" | "pushover" | "apprise";
                        /**
                         * @description Of the messages.
                         * @enum {unknown}
                         */
                        language?: "en" | "de";
                        name?: string;
                        /**
                         * @description What the kind needs; nothing for `email`. Secrets in it are stored sealed and never given back.
                         * @example {
                         *       "topic": "our-home-4f9c1e"
                         *     }
                         */
                        settings: Record<string, never>;
                        /** @description The kinds of alerts that come here; by default all of them, but the digest of the week by e-mail only. `device_came` and `device_left` are about the devices that you have chosen in your preferences. */
                        wanted?: ("new_device" | "quarantine" | "router_away" | "router_back" | "internet_down" | "internet_back" | "access_asked" | "access_answered" | "change_waits" | "device_came" | "device_left" | "weekly_digest")[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            is_enabled: boolean;
                            /** @description One of email, ntfy, webhook, web_push, gotify, telegram, pushover, apprise. */
                            kind: string;
                            language: string;
                            name: string;
                            /** @description In plain words: why NetPilot has switched it off, or, while it is on, why the last messages did not arrive. */
                            problem: string | null;
                            /** @description Of a webhook, if it was made now: what signs the events. Shown only now. */
                            secret: string | null;
                            /** @description Any JSON value. */
                            settings: unknown;
                            /**
                             * Format: date-time
                             * @description When something last arrived there; null: never yet.
                             */
                            verified_at: string | null;
                            wanted: string[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/alert-channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an alert channel
         * @description With what waits for it, its part of the log, and what the buttons of its messages do.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change an alert channel, or switch it on or off
         * @description Its target does not change: add another channel for that.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description False: nothing is sent, and nothing waits. */
                        is_enabled?: boolean;
                        /**
                         * @description Of the messages.
                         * @enum {unknown}
                         */
                        language?: "en" | "de";
                        name?: string;
                        /** @description The kinds of alerts that come here; by default all of them, but the digest of the week by e-mail only. `device_came` and `device_left` are about the devices that you have chosen in your preferences. */
                        wanted?: ("new_device" | "quarantine" | "router_away" | "router_back" | "internet_down" | "internet_back" | "access_asked" | "access_answered" | "change_waits" | "device_came" | "device_left" | "weekly_digest")[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            is_enabled: boolean;
                            /** @description One of email, ntfy, webhook, web_push, gotify, telegram, pushover, apprise. */
                            kind: string;
                            language: string;
                            name: string;
                            /** @description In plain words: why NetPilot has switched it off, or, while it is on, why the last messages did not arrive. */
                            problem: string | null;
                            /** @description Any JSON value. */
                            settings: unknown;
                            /**
                             * Format: date-time
                             * @description When something last arrived there; null: never yet.
                             */
                            verified_at: string | null;
                            wanted: string[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/homes/{home_id}/alert-channels/{id}/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a browser’s channel the new address of the browser
         * @description A push service changes the address of a browser now and then. Who sends this must know the address that the channel has.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The `endpoint` that the channel has. */
                        before: string;
                        settings: {
                            /** @description As the browser's PushSubscription has it, with the keys. */
                            endpoint: string;
                            keys: {
                                /** @description base64url */
                                auth: string;
                                /** @description base64url */
                                p256dh: string;
                            };
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            is_enabled: boolean;
                            /** @description One of email, ntfy, webhook, web_push, gotify, telegram, pushover, apprise. */
                            kind: string;
                            language: string;
                            name: string;
                            /** @description In plain words: why NetPilot has switched it off, or, while it is on, why the last messages did not arrive. */
                            problem: string | null;
                            /** @description Any JSON value. */
                            settings: unknown;
                            /**
                             * Format: date-time
                             * @description When something last arrived there; null: never yet.
                             */
                            verified_at: string | null;
                            wanted: string[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/alert-channels/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test to an alert channel, now, and say what went wrong
         * @description Waits for the answer of the target, 5 seconds at most (20 for e-mail). At most 5 a minute. An `Idempotency-Key` has no effect.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            is_delivered: boolean;
                            /** @description What went wrong, and what to do, in plain words. */
                            problem: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/alert-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the alerts of a home and what became of them, newest first
         * @description Of all its members. Kept for 30 days. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    channel_id?: string;
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    /** @description The most items to return. */
                    limit?: number;
                    state?: "waiting" | "delivered" | "given_up" | "dropped";
                };
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: uuid */
                                channel_id: string;
                                channel_kind: string;
                                channel_name: string;
                                /** Format: date-time */
                                created_at: string;
                                /** Format: date-time */
                                finished_at: string | null;
                                /**
                                 * Format: uuid
                                 * @description The same however often it is sent: `webhook-id`.
                                 */
                                id: string;
                                kind: string;
                                /**
                                 * Format: uuid
                                 * @description Whose channel it is.
                                 */
                                member_id: string;
                                /** @description Null: your own. */
                                member_name: string | null;
                                /**
                                 * Format: date-time
                                 * @description Of one that waits: not sent before.
                                 */
                                next_at: string | null;
                                /** @description What went wrong last, in plain words. */
                                problem: string | null;
                                /**
                                 * @description `waiting`: to be sent, again if it failed. `given_up`: it failed for three days, or was a test. `dropped`: never sent, because there were too many or the channel was switched off.
                                 * @enum {unknown}
                                 */
                                state: "waiting" | "delivered" | "given_up" | "dropped";
                                title: string;
                                /** Format: date-time */
                                tried_at: string | null;
                                tries: number;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/alert-preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what you want of alerts in a home
         * @description Quiet hours, the devices you watch, and when the digest of the week comes.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description When the digest of the week comes, to the channels that want `weekly_digest`; null: never. In quiet hours it waits for their end. */
                            digest: {
                                /** @description 1 is Monday, 7 is Sunday. */
                                day: number;
                                /** @description Such as 18:00, in the home's time zone. */
                                time: string;
                            } | null;
                            /** @description How many alerts wait for that. */
                            held: number;
                            let_through: string[];
                            /**
                             * Format: date-time
                             * @description When the next digest of the week comes; null: never.
                             */
                            next_digest_at: string | null;
                            /** @description The times of the week at which nothing comes, in the time zone of the home. What happens then is told in one digest when they end. They must leave some time free. */
                            quiet_hours: {
                                /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                                days: number[];
                                /** @description Such as 21:00, in the home's time zone. */
                                from: string;
                                /** @description Such as 07:00; not later than `from`: of the next day. */
                                to: string;
                            }[];
                            /**
                             * Format: date-time
                             * @description When the quiet hours end that hold now; null: none hold.
                             */
                            quiet_until: string | null;
                            /** @description Of the home: UTC if nobody has said it. */
                            timezone: string;
                            watched_devices: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description As you know it from alerts: a phone that sleeps has not left. */
                                is_home: boolean;
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Choose what you want of alerts in a home
         * @description For yourself, and for all your channels; which kinds of alerts each of these gets is a choice of its own (`wanted`).
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description When the digest of the week comes, to the channels that want `weekly_digest`; null: never. In quiet hours it waits for their end. */
                        digest: {
                            /** @description 1 is Monday, 7 is Sunday. */
                            day: number;
                            /** @description Such as 18:00, in the home's time zone. */
                            time: string;
                        } | null;
                        /** @description The kinds of alerts that come in quiet hours all the same. */
                        let_through: ("new_device" | "quarantine" | "router_away" | "router_back" | "internet_down" | "internet_back" | "access_asked" | "access_answered" | "change_waits" | "device_came" | "device_left" | "weekly_digest")[];
                        /** @description The times of the week at which nothing comes, in the time zone of the home. What happens then is told in one digest when they end. They must leave some time free. */
                        quiet_hours: {
                            /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                            days: number[];
                            /** @description Such as 21:00, in the home's time zone. */
                            from: string;
                            /** @description Such as 07:00; not later than `from`: of the next day. */
                            to: string;
                        }[];
                        /** @description The devices of which you are told that they come and leave. A part of a merged device stands for all of it. */
                        watched_devices: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description When the digest of the week comes, to the channels that want `weekly_digest`; null: never. In quiet hours it waits for their end. */
                            digest: {
                                /** @description 1 is Monday, 7 is Sunday. */
                                day: number;
                                /** @description Such as 18:00, in the home's time zone. */
                                time: string;
                            } | null;
                            /** @description How many alerts wait for that. */
                            held: number;
                            let_through: string[];
                            /**
                             * Format: date-time
                             * @description When the next digest of the week comes; null: never.
                             */
                            next_digest_at: string | null;
                            /** @description The times of the week at which nothing comes, in the time zone of the home. What happens then is told in one digest when they end. They must leave some time free. */
                            quiet_hours: {
                                /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                                days: number[];
                                /** @description Such as 21:00, in the home's time zone. */
                                from: string;
                                /** @description Such as 07:00; not later than `from`: of the next day. */
                                to: string;
                            }[];
                            /**
                             * Format: date-time
                             * @description When the quiet hours end that hold now; null: none hold.
                             */
                            quiet_until: string | null;
                            /** @description Of the home: UTC if nobody has said it. */
                            timezone: string;
                            watched_devices: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description As you know it from alerts: a phone that sleeps has not left. */
                                is_home: boolean;
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/asks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what people have asked for, newest first
         * @description Kept for 30 days, 100 of each person. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `open`: of the last 24 hours, and nobody has answered. */
                    state?: "open" | "all";
                };
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * @description Null: nobody has answered. `replaced`: they asked again before anybody did.
                                 * @enum {string|null}
                                 */
                                answer: "granted" | "refused" | "replaced" | null;
                                /** Format: date-time */
                                answered_at: string | null;
                                /** @description Null if nobody has answered, or you have, as the owner. */
                                answered_by_name: string | null;
                                /** Format: date-time */
                                asked_at: string;
                                /** @description How long they got. */
                                granted_minutes: number | null;
                                /**
                                 * Format: date-time
                                 * @description When that ends; null: nothing was granted, or somebody has ended it.
                                 */
                                granted_until: string | null;
                                /** Format: uuid */
                                home_id: string;
                                /** Format: uuid */
                                id: string;
                                message: string | null;
                                /** @description How long they want. */
                                minutes: number;
                                /** Format: uuid */
                                person_id: string;
                                person_name: string;
                                /**
                                 * Format: uuid
                                 * @description The exception that was made for it.
                                 */
                                rule_id: string | null;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Ask for more time
         * @description Those who may allow it see it at once. Once in 5 minutes.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        message?: string;
                        /** @description How long. */
                        minutes: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description Null: nobody has answered. `replaced`: they asked again before anybody did.
                             * @enum {string|null}
                             */
                            answer: "granted" | "refused" | "replaced" | null;
                            /** Format: date-time */
                            answered_at: string | null;
                            /** @description Null if nobody has answered, or you have, as the owner. */
                            answered_by_name: string | null;
                            /** Format: date-time */
                            asked_at: string;
                            /** @description How long they got. */
                            granted_minutes: number | null;
                            /**
                             * Format: date-time
                             * @description When that ends; null: nothing was granted, or somebody has ended it.
                             */
                            granted_until: string | null;
                            /** Format: uuid */
                            home_id: string;
                            /** Format: uuid */
                            id: string;
                            message: string | null;
                            /** @description How long they want. */
                            minutes: number;
                            /** Format: uuid */
                            person_id: string;
                            person_name: string;
                            /**
                             * Format: uuid
                             * @description The exception that was made for it.
                             */
                            rule_id: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/asks/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant or refuse what somebody has asked for
         * @description Granting makes an exception for the person that allows everything for so long. Their own pauses, and those of their devices, step aside for that time and then go on. A block by hand stays: `still_blocked` says what the exception does not help. Refused (409) if it has been answered. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        answer: "granted" | "refused";
                        /**
                         * @description If granted: pauses of everyone and of networks step aside as well, so that others have internet too for that time.
                         * @default false
                         */
                        end_pauses?: boolean;
                        /** @description If granted: how long; what was asked for by default. */
                        minutes?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description Null: nobody has answered. `replaced`: they asked again before anybody did.
                             * @enum {string|null}
                             */
                            answer: "granted" | "refused" | "replaced" | null;
                            /** Format: date-time */
                            answered_at: string | null;
                            /** @description Null if nobody has answered, or you have, as the owner. */
                            answered_by_name: string | null;
                            /** Format: date-time */
                            asked_at: string;
                            /** @description Whether the routers that it concerns do it already, or why not. */
                            deliveries: {
                                delivery: {
                                    /** @description The revision that the router has confirmed. */
                                    applied_revision: number;
                                    /** @description The current revision of the policy. */
                                    policy_revision: number;
                                    /** @description Why it is not applied. */
                                    reason?: string;
                                    /**
                                     * @description The same as a code, for programs and translations.
                                     * @enum {unknown}
                                     */
                                    reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                    /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                    refused?: {
                                        /** @description The MAC or address that the router does not take. */
                                        address: string;
                                        /**
                                         * Format: uuid
                                         * @description The device that has it, if it is known.
                                         */
                                        device_id: string | null;
                                        reason: string;
                                        /**
                                         * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                         * @enum {unknown}
                                         */
                                        reason_code: "address" | "nft" | "agent" | "other";
                                        /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                        rule: string;
                                    }[];
                                    /**
                                     * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                     * @enum {unknown}
                                     */
                                    state: "applied" | "partial" | "pending" | "unknown";
                                    /**
                                     * Format: date-time
                                     * @description When the router was last connected, if the state is unknown.
                                     */
                                    unknown_since?: string;
                                };
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /**
                             * @description How many of the person's devices the home allows internet now; null: it was refused. Whether their routers do it already is in `deliveries`.
                             * @enum {string|null}
                             */
                            effect: "all" | "some" | "none" | null;
                            /** @description How long they got. */
                            granted_minutes: number | null;
                            /**
                             * Format: date-time
                             * @description When that ends; null: nothing was granted, or somebody has ended it.
                             */
                            granted_until: string | null;
                            /** Format: uuid */
                            home_id: string;
                            /** Format: uuid */
                            id: string;
                            message: string | null;
                            /** @description How long they want. */
                            minutes: number;
                            /** @description The pauses that stepped aside, and when they go on. */
                            pauses: {
                                name: string | null;
                                /**
                                 * Format: date-time
                                 * @description Null: it would have ended by then, and has ended.
                                 */
                                resumes_at: string | null;
                                /** Format: uuid */
                                rule_id: string;
                                target: string;
                            }[];
                            /** Format: uuid */
                            person_id: string;
                            person_name: string;
                            /**
                             * Format: uuid
                             * @description The exception that was made for it.
                             */
                            rule_id: string | null;
                            /** @description The devices that have none in spite of it: blocked by hand, which nothing but unblocking ends, or by a pause for everyone or for a network, which `end_pauses` would have put off. */
                            still_blocked: {
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** Format: uuid */
                                device_id: string;
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/devices/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Allow all new devices of a home
         * @description But for those that probably are a device that is blocked or has rules, under another MAC (`same_as`): these stay new, to be decided on one by one. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        all: true;
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /** @enum {unknown} */
                        decision: "allow";
                        /**
                         * @description Of these only the ones that are online now.
                         * @enum {boolean}
                         */
                        online?: true;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Those that stay new. */
                            left: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /** @description How many devices are not new any more. */
                            reviewed: number;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invitations that can still be accepted, newest first
         * @description For the home's owner.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                created_at: string;
                                /**
                                 * Format: date-time
                                 * @description 7 days later.
                                 */
                                expires_at: string;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: uuid
                                 * @description The person of the home who this is; null: none.
                                 */
                                person_id: string | null;
                                /** @description What the invited person will be. */
                                role: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite somebody to a home
         * @description Who opens the link and is signed in becomes a member: once, within 7 days. An `Idempotency-Key` has no effect here: the response would have to be stored, and the link is not stored. For the home's owner. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The person of the home who this is; null: none.
                         */
                        person_id?: string | null;
                        /**
                         * @description `admin`: everything but members, unlinking and deleting. `viewer`: reads. `child`: only their own page, where they can ask for more time.
                         * @enum {unknown}
                         */
                        role: "admin" | "viewer" | "child";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @description 7 days later.
                             */
                            expires_at: string;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: uuid
                             * @description The person of the home who this is; null: none.
                             */
                            person_id: string | null;
                            /** @description What the invited person will be. */
                            role: string;
                            /** @description Shown only now; the database stores a hash. */
                            url: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation
         * @description For the home's owner.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what holds for your own devices in a home */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Your devices, by name. */
                            devices: {
                                /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                                access: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    next: {
                                        /**
                                         * @description What it gets. A limit of 0 in both directions is a block.
                                         * @enum {unknown}
                                         */
                                        access: "allow" | "limit" | "block";
                                        /** Format: date-time */
                                        at: string;
                                        /** @description Why. */
                                        because: {
                                            /**
                                             * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                             * @enum {unknown}
                                             */
                                            kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                            /** @description Of the rule. */
                                            name: string | null;
                                            /**
                                             * Format: uuid
                                             * @description The rule, if it is one.
                                             */
                                            rule_id: string | null;
                                            /** @description What the rule is for: everyone, person, device or network. */
                                            target: string | null;
                                        };
                                        /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                        down_rate: number | null;
                                        /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                        is_armed: boolean;
                                        /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                        up_rate: number | null;
                                    } | null;
                                    /**
                                     * Format: date-time
                                     * @description Since when, for the same reason; null: nobody knows.
                                     */
                                    since: string | null;
                                    /**
                                     * Format: date-time
                                     * @description When something else holds, whatever the reason; null: as far as is known, never.
                                     */
                                    until: string | null;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                };
                                device_type: string | null;
                                /** Format: uuid */
                                id: string;
                                is_online: boolean;
                                name: string | null;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                                timezone: string | null;
                            };
                            /** @description What you asked for last, and what became of it. */
                            last_ask: {
                                /**
                                 * @description Null: nobody has answered. `replaced`: they asked again before anybody did.
                                 * @enum {string|null}
                                 */
                                answer: "granted" | "refused" | "replaced" | null;
                                /** Format: date-time */
                                answered_at: string | null;
                                /** @description Null if nobody has answered, or you have, as the owner. */
                                answered_by_name: string | null;
                                /** Format: date-time */
                                asked_at: string;
                                /** @description How long they got. */
                                granted_minutes: number | null;
                                /**
                                 * Format: date-time
                                 * @description When that ends; null: nothing was granted, or somebody has ended it.
                                 */
                                granted_until: string | null;
                                /** Format: uuid */
                                home_id: string;
                                /** Format: uuid */
                                id: string;
                                message: string | null;
                                /** @description How long they want. */
                                minutes: number;
                                /** Format: uuid */
                                person_id: string;
                                person_name: string;
                                /**
                                 * Format: uuid
                                 * @description The exception that was made for it.
                                 */
                                rule_id: string | null;
                            } | null;
                            /** @description Who you are there; null if nobody said so. */
                            person: {
                                colour: string;
                                /** Format: uuid */
                                id: string;
                                name: string;
                            } | null;
                            /** @description What you are there. */
                            role: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of a home
         * @description Without its owner. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                created_at: string;
                                /** @description Null for who is not the owner. */
                                email: string | null;
                                /** Format: uuid */
                                member_id: string;
                                name: string;
                                /**
                                 * Format: uuid
                                 * @description The person of the home who this is; null: none.
                                 */
                                person_id: string | null;
                                /** @description One of admin, viewer, child. */
                                role: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/members/{member_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member, at once; a member can leave so
         * @description The owner removes any member, a member only themselves.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    member_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change what a member may do, or who of the home they are
         * @description For the home's owner. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    member_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description The person of the home who this is; null: none.
                         */
                        person_id?: string | null;
                        /**
                         * @description `admin`: everything but members, unlinking and deleting. `viewer`: reads. `child`: only their own page, where they can ask for more time.
                         * @enum {unknown}
                         */
                        role?: "admin" | "viewer" | "child";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** @description Null for who is not the owner. */
                            email: string | null;
                            /** Format: uuid */
                            member_id: string;
                            name: string;
                            /**
                             * Format: uuid
                             * @description The person of the home who this is; null: none.
                             */
                            person_id: string | null;
                            /** @description One of admin, viewer, child. */
                            role: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/homes/{home_id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the people of a home
         * @description All of them, by name: a home has 100 at most. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description What the rules say for the person now: it holds for each of their devices for which nothing else is said, such as a block by hand. */
                                access: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    next: {
                                        /**
                                         * @description What it gets. A limit of 0 in both directions is a block.
                                         * @enum {unknown}
                                         */
                                        access: "allow" | "limit" | "block";
                                        /** Format: date-time */
                                        at: string;
                                        /** @description Why. */
                                        because: {
                                            /**
                                             * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                             * @enum {unknown}
                                             */
                                            kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                            /** @description Of the rule. */
                                            name: string | null;
                                            /**
                                             * Format: uuid
                                             * @description The rule, if it is one.
                                             */
                                            rule_id: string | null;
                                            /** @description What the rule is for: everyone, person, device or network. */
                                            target: string | null;
                                        };
                                        /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                        down_rate: number | null;
                                        /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                        is_armed: boolean;
                                        /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                        up_rate: number | null;
                                    } | null;
                                    /**
                                     * Format: date-time
                                     * @description Since when, for the same reason; null: nobody knows.
                                     */
                                    since: string | null;
                                    /**
                                     * Format: date-time
                                     * @description When something else holds, whatever the reason; null: as far as is known, never.
                                     */
                                    until: string | null;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                };
                                /** @description One of blue, green, orange, purple, red, teal, pink, yellow, grey. */
                                colour: string;
                                /** @description How many devices they have. One that several routers know counts once. */
                                devices: number;
                                has_picture: boolean;
                                /** Format: uuid */
                                home_id: string;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: uuid
                                 * @description The member of the home who this is; null: none.
                                 */
                                member_id: string | null;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a person to a home
         * @description Somebody who lives or stays there, with devices of their own. They need no account. Two people of a home cannot have the same name. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description If it is not given, one that few people of the home have.
                         * @enum {unknown}
                         */
                        colour?: "blue" | "green" | "orange" | "purple" | "red" | "teal" | "pink" | "yellow" | "grey";
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the rules say for the person now: it holds for each of their devices for which nothing else is said, such as a block by hand. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description One of blue, green, orange, purple, red, teal, pink, yellow, grey. */
                            colour: string;
                            /** @description How many devices they have. One that several routers know counts once. */
                            devices: number;
                            has_picture: boolean;
                            /** Format: uuid */
                            home_id: string;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: uuid
                             * @description The member of the home who this is; null: none.
                             */
                            member_id: string | null;
                            name: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a person
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the rules say for the person now: it holds for each of their devices for which nothing else is said, such as a block by hand. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description One of blue, green, orange, purple, red, teal, pink, yellow, grey. */
                            colour: string;
                            /** @description How many devices they have. One that several routers know counts once. */
                            devices: number;
                            has_picture: boolean;
                            /** Format: uuid */
                            home_id: string;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: uuid
                             * @description The member of the home who this is; null: none.
                             */
                            member_id: string | null;
                            name: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete a person
         * @description The rules for them are deleted too. Their devices stay, and are nobody’s. For the role `admin` and above.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                    confirm?: boolean;
                };
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change the name or the colour of a person
         * @description For the role `admin` and above.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description What the person is drawn in.
                         * @enum {unknown}
                         */
                        colour?: "blue" | "green" | "orange" | "purple" | "red" | "teal" | "pink" | "yellow" | "grey";
                        name?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the rules say for the person now: it holds for each of their devices for which nothing else is said, such as a block by hand. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description One of blue, green, orange, purple, red, teal, pink, yellow, grey. */
                            colour: string;
                            /** @description How many devices they have. One that several routers know counts once. */
                            devices: number;
                            has_picture: boolean;
                            /** Format: uuid */
                            home_id: string;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: uuid
                             * @description The member of the home who this is; null: none.
                             */
                            member_id: string | null;
                            name: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/homes/{home_id}/people/{id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the picture of a person
         * @description A PNG, JPEG or WebP. With its `ETag` in `If-None-Match`, 304 if it is still the same. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The picture. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "image/jpeg": unknown;
                        "image/png": unknown;
                        "image/webp": unknown;
                    };
                };
                /** @description It has not changed. */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Set the picture of a person
         * @description A PNG, JPEG or WebP of at most 256 KB and 4096 × 4096 pixels; its bytes say which. For the role `admin` and above.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "image/jpeg": unknown;
                    "image/png": unknown;
                    "image/webp": unknown;
                };
            };
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Remove the picture of a person
         * @description For the role `admin` and above.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/people/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a person's devices used
         * @description What went to the internet and came from there; what stays within the home is not counted. A MAC that several routers of the home counted counts once. Minutes are kept for 2 days, hours for 60, days for 3 years. It is of the devices that are theirs now. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `csv`: a table with a row for each step and device, 100,000 at most. */
                    format?: "json" | "csv";
                    /** @description `day` if it is not given. `hour`: the last 60 minutes, by minute. `today`: since midnight in the zone of the home, by hour. `day`: the last 24 hours, by hour. `month` and `year`: 30 and 365 days of that zone, by day; the last one is today. */
                    period?: "hour" | "today" | "day" | "month" | "year";
                };
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The usage. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description How complete this is. `partly`: packets are known to be missing, or a router does not count. `none`: no router counts.
                             * @enum {unknown}
                             */
                            counting: "counted" | "partly" | "none";
                            /** @description Bytes received from the internet. */
                            down: number;
                            /**
                             * Format: date-time
                             * @description When it begins.
                             */
                            from: string;
                            /**
                             * @description The one that was asked for.
                             * @enum {unknown}
                             */
                            period: "hour" | "today" | "day" | "month" | "year";
                            /** @description Every step of the period, also those without any. */
                            series: {
                                /**
                                 * Format: date-time
                                 * @description When the step begins.
                                 */
                                at: string;
                                /** @description Bytes received from the internet. */
                                down: number;
                                /** @description Bytes sent there. */
                                up: number;
                            }[];
                            /**
                             * Format: date-time
                             * @description Now.
                             */
                            until: string;
                            /** @description Bytes sent there. */
                            up: number;
                        };
                        "text/csv": string;
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get when the devices of a home were there
         * @description While its router is not connected nobody knows whether a device is there: it counts until then. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    hours?: number;
                    /** @description Only the devices of this one. */
                    router_id?: string;
                };
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description By its id, of each device that was there: a digit for each slot, from 0 (not there) to 9 (all the time). */
                            devices: {
                                [key: string]: string;
                            };
                            /** Format: date-time */
                            from: string;
                            /** @description Equal parts of that time: 48. */
                            slots: number;
                            /**
                             * Format: date-time
                             * @description Now.
                             */
                            until: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a home's rules, newest first
         * @description What a home decides beyond blocks, modes and lists. For a device the first of these decides that says something: it is the router itself; a block; a pause; an exception (the newest); a schedule (of the device, else of its person, else of its network, else of everyone); until it is reviewed, the rule for new devices; mode and lists. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    device_id?: string;
                    /** @description `pause`: blocked until it ends. `exception`: once, from a time until another one, whatever the schedules say. `schedule`: at times of the week, or always. `new_device`: what a device gets until somebody has approved or refused it, in the whole home or in a network. */
                    kind?: "pause" | "exception" | "schedule" | "new_device";
                    /** @description The most items to return. */
                    limit?: number;
                    person_id?: string;
                    /** @description `ended`: pauses and exceptions whose time is over; they are kept for 30 days. `current`: all others, also those that are switched off or begin later. */
                    state?: "current" | "ended" | "all";
                };
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * @description What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** Format: date-time */
                                created_at: string;
                                /**
                                 * Format: uuid
                                 * @description This device, with all its MACs. A part of a merged device stands for all of it.
                                 */
                                device_id: string | null;
                                /** @description With `limit`: what they receive, in bits per second. 0: nothing; null: no limit in that direction. */
                                down_rate: number | null;
                                /**
                                 * Format: date-time
                                 * @description When a pause or an exception begins.
                                 */
                                from_at: string;
                                /** Format: uuid */
                                home_id: string;
                                /** Format: uuid */
                                id: string;
                                /** @description False: the rule stays, but has no effect. */
                                is_active: boolean;
                                /**
                                 * @description `pause`: blocked until it ends. `exception`: once, from a time until another one, whatever the schedules say. `schedule`: at times of the week, or always. `new_device`: what a device gets until somebody has approved or refused it, in the whole home or in a network.
                                 * @enum {unknown}
                                 */
                                kind: "pause" | "exception" | "schedule" | "new_device";
                                /** @description For people, such as `Bedtime`. */
                                name: string | null;
                                /** @description All devices in this network, as the router's configuration names it. */
                                network: string | null;
                                /**
                                 * Format: uuid
                                 * @description All devices of this person.
                                 */
                                person_id: string | null;
                                /** @description Of a network: the router that has it. Null: every router of the home. */
                                router_id: string | null;
                                /**
                                 * @description `everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.
                                 * @enum {unknown}
                                 */
                                target: "everyone" | "person" | "device" | "network";
                                /**
                                 * Format: date-time
                                 * @description When a pause or an exception ends, at most 60 days ahead. Null for a pause: until somebody ends it, with DELETE.
                                 */
                                until_at: string | null;
                                /** @description With `limit`: what they send, in bits per second. 0: nothing; null: no limit in that direction. */
                                up_rate: number | null;
                                /** Format: date-time */
                                updated_at: string;
                                /** @description Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always. */
                                windows: {
                                    /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                                    days: number[];
                                    /** @description Such as 21:00, in the home's time zone. */
                                    from: string;
                                    /** @description Such as 07:00; not later than `from`: of the next day. */
                                    to: string;
                                }[] | null;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a rule
         * @description A pause: `{"kind": "pause", "person_id": …, "minutes": 30}`. A bedtime: `{"kind": "schedule", "person_id": …, "access": "block", "windows": [{"days": [7, 1, 2, 3, 4], "from": "21:00", "to": "07:00"}]}`, which needs the time zone of the home. It holds once the routers confirm: see `deliveries`. What names the target says what it is; for all devices of the home, `target` must say `everyone`. A home has one rule for new devices, and one for each network: another one is a conflict that names it. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.
                         * @enum {unknown}
                         */
                        access?: "allow" | "limit" | "block";
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /**
                         * Format: uuid
                         * @description This device, with all its MACs. A part of a merged device stands for all of it.
                         */
                        device_id?: string | null;
                        /** @description With `limit`: what they receive, in bits per second. 0: nothing; null: no limit in that direction. */
                        down_rate?: number | null;
                        /**
                         * Format: date-time
                         * @description When a pause or an exception begins.
                         */
                        from_at?: string;
                        /** @description False: the rule stays, but has no effect. */
                        is_active?: boolean;
                        /**
                         * @description `pause`: blocked until it ends. `exception`: once, from a time until another one, whatever the schedules say. `schedule`: at times of the week, or always. `new_device`: what a device gets until somebody has approved or refused it, in the whole home or in a network.
                         * @enum {unknown}
                         */
                        kind: "pause" | "exception" | "schedule" | "new_device";
                        /** @description Instead of `until_at`: it ends so many minutes after it begins. */
                        minutes?: number;
                        /** @description For people, such as `Bedtime`. */
                        name?: string | null;
                        /** @description All devices in this network, as the router's configuration names it. */
                        network?: string | null;
                        /**
                         * Format: uuid
                         * @description All devices of this person.
                         */
                        person_id?: string | null;
                        /** @description Of a network: the router that has it. Null: every router of the home. */
                        router_id?: string | null;
                        /**
                         * @description `everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.
                         * @enum {unknown}
                         */
                        target?: "everyone" | "person" | "device" | "network";
                        /**
                         * Format: date-time
                         * @description When a pause or an exception ends, at most 60 days ahead. Null for a pause: until somebody ends it, with DELETE.
                         */
                        until_at?: string | null;
                        /** @description With `limit`: what they send, in bits per second. 0: nothing; null: no limit in that direction. */
                        up_rate?: number | null;
                        /** @description Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always. */
                        windows?: {
                            /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                            days: number[];
                            /** @description Such as 21:00, in the home's time zone. */
                            from: string;
                            /** @description Such as 07:00; not later than `from`: of the next day. */
                            to: string;
                        }[] | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.
                             * @enum {unknown}
                             */
                            access: "allow" | "limit" | "block";
                            /** Format: date-time */
                            created_at: string;
                            /** @description Whether the routers that it concerns do it already, or why not. */
                            deliveries: {
                                delivery: {
                                    /** @description The revision that the router has confirmed. */
                                    applied_revision: number;
                                    /** @description The current revision of the policy. */
                                    policy_revision: number;
                                    /** @description Why it is not applied. */
                                    reason?: string;
                                    /**
                                     * @description The same as a code, for programs and translations.
                                     * @enum {unknown}
                                     */
                                    reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                    /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                    refused?: {
                                        /** @description The MAC or address that the router does not take. */
                                        address: string;
                                        /**
                                         * Format: uuid
                                         * @description The device that has it, if it is known.
                                         */
                                        device_id: string | null;
                                        reason: string;
                                        /**
                                         * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                         * @enum {unknown}
                                         */
                                        reason_code: "address" | "nft" | "agent" | "other";
                                        /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                        rule: string;
                                    }[];
                                    /**
                                     * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                     * @enum {unknown}
                                     */
                                    state: "applied" | "partial" | "pending" | "unknown";
                                    /**
                                     * Format: date-time
                                     * @description When the router was last connected, if the state is unknown.
                                     */
                                    unknown_since?: string;
                                };
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /**
                             * Format: uuid
                             * @description This device, with all its MACs. A part of a merged device stands for all of it.
                             */
                            device_id: string | null;
                            /** @description With `limit`: what they receive, in bits per second. 0: nothing; null: no limit in that direction. */
                            down_rate: number | null;
                            /**
                             * Format: date-time
                             * @description When a pause or an exception begins.
                             */
                            from_at: string;
                            /** Format: uuid */
                            home_id: string;
                            /** Format: uuid */
                            id: string;
                            /** @description False: the rule stays, but has no effect. */
                            is_active: boolean;
                            /**
                             * @description `pause`: blocked until it ends. `exception`: once, from a time until another one, whatever the schedules say. `schedule`: at times of the week, or always. `new_device`: what a device gets until somebody has approved or refused it, in the whole home or in a network.
                             * @enum {unknown}
                             */
                            kind: "pause" | "exception" | "schedule" | "new_device";
                            /** @description For people, such as `Bedtime`. */
                            name: string | null;
                            /** @description All devices in this network, as the router's configuration names it. */
                            network: string | null;
                            /**
                             * Format: uuid
                             * @description All devices of this person.
                             */
                            person_id: string | null;
                            /** @description Of a network: the router that has it. Null: every router of the home. */
                            router_id: string | null;
                            /**
                             * @description `everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.
                             * @enum {unknown}
                             */
                            target: "everyone" | "person" | "device" | "network";
                            /**
                             * Format: date-time
                             * @description When a pause or an exception ends, at most 60 days ahead. Null for a pause: until somebody ends it, with DELETE.
                             */
                            until_at: string | null;
                            /** @description With `limit`: what they send, in bits per second. 0: nothing; null: no limit in that direction. */
                            up_rate: number | null;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always. */
                            windows: {
                                /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                                days: number[];
                                /** @description Such as 21:00, in the home's time zone. */
                                from: string;
                                /** @description Such as 07:00; not later than `from`: of the next day. */
                                to: string;
                            }[] | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a rule
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.
                             * @enum {unknown}
                             */
                            access: "allow" | "limit" | "block";
                            /** Format: date-time */
                            created_at: string;
                            /** @description Whether the routers that it concerns do it already, or why not. */
                            deliveries: {
                                delivery: {
                                    /** @description The revision that the router has confirmed. */
                                    applied_revision: number;
                                    /** @description The current revision of the policy. */
                                    policy_revision: number;
                                    /** @description Why it is not applied. */
                                    reason?: string;
                                    /**
                                     * @description The same as a code, for programs and translations.
                                     * @enum {unknown}
                                     */
                                    reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                    /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                    refused?: {
                                        /** @description The MAC or address that the router does not take. */
                                        address: string;
                                        /**
                                         * Format: uuid
                                         * @description The device that has it, if it is known.
                                         */
                                        device_id: string | null;
                                        reason: string;
                                        /**
                                         * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                         * @enum {unknown}
                                         */
                                        reason_code: "address" | "nft" | "agent" | "other";
                                        /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                        rule: string;
                                    }[];
                                    /**
                                     * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                     * @enum {unknown}
                                     */
                                    state: "applied" | "partial" | "pending" | "unknown";
                                    /**
                                     * Format: date-time
                                     * @description When the router was last connected, if the state is unknown.
                                     */
                                    unknown_since?: string;
                                };
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /**
                             * Format: uuid
                             * @description This device, with all its MACs. A part of a merged device stands for all of it.
                             */
                            device_id: string | null;
                            /** @description With `limit`: what they receive, in bits per second. 0: nothing; null: no limit in that direction. */
                            down_rate: number | null;
                            /**
                             * Format: date-time
                             * @description When a pause or an exception begins.
                             */
                            from_at: string;
                            /** Format: uuid */
                            home_id: string;
                            /** Format: uuid */
                            id: string;
                            /** @description False: the rule stays, but has no effect. */
                            is_active: boolean;
                            /**
                             * @description `pause`: blocked until it ends. `exception`: once, from a time until another one, whatever the schedules say. `schedule`: at times of the week, or always. `new_device`: what a device gets until somebody has approved or refused it, in the whole home or in a network.
                             * @enum {unknown}
                             */
                            kind: "pause" | "exception" | "schedule" | "new_device";
                            /** @description For people, such as `Bedtime`. */
                            name: string | null;
                            /** @description All devices in this network, as the router's configuration names it. */
                            network: string | null;
                            /**
                             * Format: uuid
                             * @description All devices of this person.
                             */
                            person_id: string | null;
                            /** @description Of a network: the router that has it. Null: every router of the home. */
                            router_id: string | null;
                            /**
                             * @description `everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.
                             * @enum {unknown}
                             */
                            target: "everyone" | "person" | "device" | "network";
                            /**
                             * Format: date-time
                             * @description When a pause or an exception ends, at most 60 days ahead. Null for a pause: until somebody ends it, with DELETE.
                             */
                            until_at: string | null;
                            /** @description With `limit`: what they send, in bits per second. 0: nothing; null: no limit in that direction. */
                            up_rate: number | null;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always. */
                            windows: {
                                /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                                days: number[];
                                /** @description Such as 21:00, in the home's time zone. */
                                from: string;
                                /** @description Such as 07:00; not later than `from`: of the next day. */
                                to: string;
                            }[] | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete a rule, or end a pause
         * @description What else says something for these devices holds again. For the role `admin` and above.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                    confirm?: boolean;
                };
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Whether the routers that it concerns do it already, or why not. */
                            deliveries: {
                                delivery: {
                                    /** @description The revision that the router has confirmed. */
                                    applied_revision: number;
                                    /** @description The current revision of the policy. */
                                    policy_revision: number;
                                    /** @description Why it is not applied. */
                                    reason?: string;
                                    /**
                                     * @description The same as a code, for programs and translations.
                                     * @enum {unknown}
                                     */
                                    reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                    /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                    refused?: {
                                        /** @description The MAC or address that the router does not take. */
                                        address: string;
                                        /**
                                         * Format: uuid
                                         * @description The device that has it, if it is known.
                                         */
                                        device_id: string | null;
                                        reason: string;
                                        /**
                                         * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                         * @enum {unknown}
                                         */
                                        reason_code: "address" | "nft" | "agent" | "other";
                                        /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                        rule: string;
                                    }[];
                                    /**
                                     * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                     * @enum {unknown}
                                     */
                                    state: "applied" | "partial" | "pending" | "unknown";
                                    /**
                                     * Format: date-time
                                     * @description When the router was last connected, if the state is unknown.
                                     */
                                    unknown_since?: string;
                                };
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change a rule
         * @description What is absent stays; the kind does not change. Another target takes the place of the one before. It holds once the routers confirm: see `deliveries`. For the role `admin` and above.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.
                         * @enum {unknown}
                         */
                        access?: "allow" | "limit" | "block";
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /**
                         * Format: uuid
                         * @description This device, with all its MACs. A part of a merged device stands for all of it.
                         */
                        device_id?: string | null;
                        /** @description With `limit`: what they receive, in bits per second. 0: nothing; null: no limit in that direction. */
                        down_rate?: number | null;
                        /**
                         * Format: date-time
                         * @description When a pause or an exception begins.
                         */
                        from_at?: string;
                        /** @description False: the rule stays, but has no effect. */
                        is_active?: boolean;
                        /** @description Instead of `until_at`: it ends so many minutes after it begins. */
                        minutes?: number;
                        /** @description For people, such as `Bedtime`. */
                        name?: string | null;
                        /** @description All devices in this network, as the router's configuration names it. */
                        network?: string | null;
                        /**
                         * Format: uuid
                         * @description All devices of this person.
                         */
                        person_id?: string | null;
                        /** @description Of a network: the router that has it. Null: every router of the home. */
                        router_id?: string | null;
                        /**
                         * @description `everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.
                         * @enum {unknown}
                         */
                        target?: "everyone" | "person" | "device" | "network";
                        /**
                         * Format: date-time
                         * @description When a pause or an exception ends, at most 60 days ahead. Null for a pause: until somebody ends it, with DELETE.
                         */
                        until_at?: string | null;
                        /** @description With `limit`: what they send, in bits per second. 0: nothing; null: no limit in that direction. */
                        up_rate?: number | null;
                        /** @description Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always. */
                        windows?: {
                            /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                            days: number[];
                            /** @description Such as 21:00, in the home's time zone. */
                            from: string;
                            /** @description Such as 07:00; not later than `from`: of the next day. */
                            to: string;
                        }[] | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.
                             * @enum {unknown}
                             */
                            access: "allow" | "limit" | "block";
                            /** Format: date-time */
                            created_at: string;
                            /** @description Whether the routers that it concerns do it already, or why not. */
                            deliveries: {
                                delivery: {
                                    /** @description The revision that the router has confirmed. */
                                    applied_revision: number;
                                    /** @description The current revision of the policy. */
                                    policy_revision: number;
                                    /** @description Why it is not applied. */
                                    reason?: string;
                                    /**
                                     * @description The same as a code, for programs and translations.
                                     * @enum {unknown}
                                     */
                                    reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                    /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                    refused?: {
                                        /** @description The MAC or address that the router does not take. */
                                        address: string;
                                        /**
                                         * Format: uuid
                                         * @description The device that has it, if it is known.
                                         */
                                        device_id: string | null;
                                        reason: string;
                                        /**
                                         * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                         * @enum {unknown}
                                         */
                                        reason_code: "address" | "nft" | "agent" | "other";
                                        /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                        rule: string;
                                    }[];
                                    /**
                                     * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                     * @enum {unknown}
                                     */
                                    state: "applied" | "partial" | "pending" | "unknown";
                                    /**
                                     * Format: date-time
                                     * @description When the router was last connected, if the state is unknown.
                                     */
                                    unknown_since?: string;
                                };
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /**
                             * Format: uuid
                             * @description This device, with all its MACs. A part of a merged device stands for all of it.
                             */
                            device_id: string | null;
                            /** @description With `limit`: what they receive, in bits per second. 0: nothing; null: no limit in that direction. */
                            down_rate: number | null;
                            /**
                             * Format: date-time
                             * @description When a pause or an exception begins.
                             */
                            from_at: string;
                            /** Format: uuid */
                            home_id: string;
                            /** Format: uuid */
                            id: string;
                            /** @description False: the rule stays, but has no effect. */
                            is_active: boolean;
                            /**
                             * @description `pause`: blocked until it ends. `exception`: once, from a time until another one, whatever the schedules say. `schedule`: at times of the week, or always. `new_device`: what a device gets until somebody has approved or refused it, in the whole home or in a network.
                             * @enum {unknown}
                             */
                            kind: "pause" | "exception" | "schedule" | "new_device";
                            /** @description For people, such as `Bedtime`. */
                            name: string | null;
                            /** @description All devices in this network, as the router's configuration names it. */
                            network: string | null;
                            /**
                             * Format: uuid
                             * @description All devices of this person.
                             */
                            person_id: string | null;
                            /** @description Of a network: the router that has it. Null: every router of the home. */
                            router_id: string | null;
                            /**
                             * @description `everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.
                             * @enum {unknown}
                             */
                            target: "everyone" | "person" | "device" | "network";
                            /**
                             * Format: date-time
                             * @description When a pause or an exception ends, at most 60 days ahead. Null for a pause: until somebody ends it, with DELETE.
                             */
                            until_at: string | null;
                            /** @description With `limit`: what they send, in bits per second. 0: nothing; null: no limit in that direction. */
                            up_rate: number | null;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always. */
                            windows: {
                                /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                                days: number[];
                                /** @description Such as 21:00, in the home's time zone. */
                                from: string;
                                /** @description Such as 07:00; not later than `from`: of the next day. */
                                to: string;
                            }[] | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/homes/{home_id}/rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a rule: who loses, who gains, and when
         * @description Of `rule`, as it would be added; of the rule `id` with a `change`; or of the rule `id` being deleted. Nothing is stored. What is wrong with the rule is refused as if it were. For the role `viewer` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description The instant of `now` and `then`: the present one by default.
                         */
                        at?: string;
                        /** @description What is to change of the rule `id`. */
                        change?: {
                            /**
                             * @description What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.
                             * @enum {unknown}
                             */
                            access?: "allow" | "limit" | "block";
                            /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                            confirm?: boolean;
                            /**
                             * Format: uuid
                             * @description This device, with all its MACs. A part of a merged device stands for all of it.
                             */
                            device_id?: string | null;
                            /** @description With `limit`: what they receive, in bits per second. 0: nothing; null: no limit in that direction. */
                            down_rate?: number | null;
                            /**
                             * Format: date-time
                             * @description When a pause or an exception begins.
                             */
                            from_at?: string;
                            /** @description False: the rule stays, but has no effect. */
                            is_active?: boolean;
                            /** @description Instead of `until_at`: it ends so many minutes after it begins. */
                            minutes?: number;
                            /** @description For people, such as `Bedtime`. */
                            name?: string | null;
                            /** @description All devices in this network, as the router's configuration names it. */
                            network?: string | null;
                            /**
                             * Format: uuid
                             * @description All devices of this person.
                             */
                            person_id?: string | null;
                            /** @description Of a network: the router that has it. Null: every router of the home. */
                            router_id?: string | null;
                            /**
                             * @description `everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.
                             * @enum {unknown}
                             */
                            target?: "everyone" | "person" | "device" | "network";
                            /**
                             * Format: date-time
                             * @description When a pause or an exception ends, at most 60 days ahead. Null for a pause: until somebody ends it, with DELETE.
                             */
                            until_at?: string | null;
                            /** @description With `limit`: what they send, in bits per second. 0: nothing; null: no limit in that direction. */
                            up_rate?: number | null;
                            /** @description Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always. */
                            windows?: {
                                /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                                days: number[];
                                /** @description Such as 21:00, in the home's time zone. */
                                from: string;
                                /** @description Such as 07:00; not later than `from`: of the next day. */
                                to: string;
                            }[] | null;
                        };
                        /**
                         * Format: uuid
                         * @description Instead: a rule of the home, without it if there is no `change`.
                         */
                        id?: string;
                        /** @description The rule to add. */
                        rule?: {
                            /**
                             * @description What holds for these devices. A pause is always `block`. `limit` needs a rate; with two rates of 0 it is a block.
                             * @enum {unknown}
                             */
                            access?: "allow" | "limit" | "block";
                            /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                            confirm?: boolean;
                            /**
                             * Format: uuid
                             * @description This device, with all its MACs. A part of a merged device stands for all of it.
                             */
                            device_id?: string | null;
                            /** @description With `limit`: what they receive, in bits per second. 0: nothing; null: no limit in that direction. */
                            down_rate?: number | null;
                            /**
                             * Format: date-time
                             * @description When a pause or an exception begins.
                             */
                            from_at?: string;
                            /** @description False: the rule stays, but has no effect. */
                            is_active?: boolean;
                            /**
                             * @description `pause`: blocked until it ends. `exception`: once, from a time until another one, whatever the schedules say. `schedule`: at times of the week, or always. `new_device`: what a device gets until somebody has approved or refused it, in the whole home or in a network.
                             * @enum {unknown}
                             */
                            kind: "pause" | "exception" | "schedule" | "new_device";
                            /** @description Instead of `until_at`: it ends so many minutes after it begins. */
                            minutes?: number;
                            /** @description For people, such as `Bedtime`. */
                            name?: string | null;
                            /** @description All devices in this network, as the router's configuration names it. */
                            network?: string | null;
                            /**
                             * Format: uuid
                             * @description All devices of this person.
                             */
                            person_id?: string | null;
                            /** @description Of a network: the router that has it. Null: every router of the home. */
                            router_id?: string | null;
                            /**
                             * @description `everyone`: all devices of the home but the routers. `person`, `device`, `network`: the one of `person_id`, `device_id` or `network`.
                             * @enum {unknown}
                             */
                            target?: "everyone" | "person" | "device" | "network";
                            /**
                             * Format: date-time
                             * @description When a pause or an exception ends, at most 60 days ahead. Null for a pause: until somebody ends it, with DELETE.
                             */
                            until_at?: string | null;
                            /** @description With `limit`: what they send, in bits per second. 0: nothing; null: no limit in that direction. */
                            up_rate?: number | null;
                            /** @description Of a schedule: the times of the week at which it says something, in the time zone of the home. Null: always. */
                            windows?: {
                                /** @description The days on which it begins: 1 is Monday, 7 is Sunday (ISO 8601). */
                                days: number[];
                                /** @description Such as 21:00, in the home's time zone. */
                                from: string;
                                /** @description Such as 07:00; not later than `from`: of the next day. */
                                to: string;
                            }[] | null;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The devices for which anything changes within 7 days. */
                            devices: {
                                /** @description What the next 7 days would bring after that: the first 20 changes. */
                                changes: {
                                    /**
                                     * @description What it would get from then on.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    down_rate: number | null;
                                    up_rate: number | null;
                                }[];
                                /** Format: uuid */
                                device_id: string;
                                /** @description Its name, else its host name, MAC or address. */
                                name: string;
                                /** @description What it gets as things are. */
                                now: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    next: {
                                        /**
                                         * @description What it gets. A limit of 0 in both directions is a block.
                                         * @enum {unknown}
                                         */
                                        access: "allow" | "limit" | "block";
                                        /** Format: date-time */
                                        at: string;
                                        /** @description Why. */
                                        because: {
                                            /**
                                             * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                             * @enum {unknown}
                                             */
                                            kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                            /** @description Of the rule. */
                                            name: string | null;
                                            /**
                                             * Format: uuid
                                             * @description The rule, if it is one.
                                             */
                                            rule_id: string | null;
                                            /** @description What the rule is for: everyone, person, device or network. */
                                            target: string | null;
                                        };
                                        /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                        down_rate: number | null;
                                        /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                        is_armed: boolean;
                                        /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                        up_rate: number | null;
                                    } | null;
                                    /**
                                     * Format: date-time
                                     * @description Since when, for the same reason; null: nobody knows.
                                     */
                                    since: string | null;
                                    /**
                                     * Format: date-time
                                     * @description When something else holds, whatever the reason; null: as far as is known, never.
                                     */
                                    until: string | null;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                };
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** @description What it would get. */
                                then: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    next: {
                                        /**
                                         * @description What it gets. A limit of 0 in both directions is a block.
                                         * @enum {unknown}
                                         */
                                        access: "allow" | "limit" | "block";
                                        /** Format: date-time */
                                        at: string;
                                        /** @description Why. */
                                        because: {
                                            /**
                                             * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                             * @enum {unknown}
                                             */
                                            kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                            /** @description Of the rule. */
                                            name: string | null;
                                            /**
                                             * Format: uuid
                                             * @description The rule, if it is one.
                                             */
                                            rule_id: string | null;
                                            /** @description What the rule is for: everyone, person, device or network. */
                                            target: string | null;
                                        };
                                        /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                        down_rate: number | null;
                                        /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                        is_armed: boolean;
                                        /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                        up_rate: number | null;
                                    } | null;
                                    /**
                                     * Format: date-time
                                     * @description Since when, for the same reason; null: nobody knows.
                                     */
                                    since: string | null;
                                    /**
                                     * Format: date-time
                                     * @description When something else holds, whatever the reason; null: as far as is known, never.
                                     */
                                    until: string | null;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                };
                            }[];
                            /** @description Whether the device that sends the request would be cut off: it needs `confirm`. */
                            own_device: boolean;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/homes/{home_id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a home used, and who used it
         * @description What went to the internet and came from there; what stays within the home is not counted. A MAC that several routers of the home counted counts once. Minutes are kept for 2 days, hours for 60, days for 3 years. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `csv`: a table with a row for each step and device, 100,000 at most. */
                    format?: "json" | "csv";
                    /** @description `day` if it is not given. `hour`: the last 60 minutes, by minute. `today`: since midnight in the zone of the home, by hour. `day`: the last 24 hours, by hour. `month` and `year`: 30 and 365 days of that zone, by day; the last one is today. */
                    period?: "hour" | "today" | "day" | "month" | "year";
                };
                header?: never;
                path: {
                    home_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The usage. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description How complete this is. `partly`: packets are known to be missing, or a router does not count. `none`: no router counts.
                             * @enum {unknown}
                             */
                            counting: "counted" | "partly" | "none";
                            /** @description Those that used something, who used most first: 1,000 at most. */
                            devices: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description Bytes received from the internet. */
                                down: number;
                                /** Format: uuid */
                                person_id: string | null;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** @description Bytes sent there. */
                                up: number;
                            }[];
                            /** @description Bytes received from the internet. */
                            down: number;
                            /**
                             * Format: date-time
                             * @description When it begins.
                             */
                            from: string;
                            /** @description What devices used that are not in the inventory: not known yet, or deleted. It is part of the totals. */
                            others: {
                                /** @description Bytes received from the internet. */
                                down: number;
                                /** @description Bytes sent there. */
                                up: number;
                            };
                            /** @description Those whose devices used something, who used most first. */
                            people: {
                                /** @description Bytes received from the internet. */
                                down: number;
                                /** Format: uuid */
                                person_id: string;
                                /** @description Bytes sent there. */
                                up: number;
                            }[];
                            /**
                             * @description The one that was asked for.
                             * @enum {unknown}
                             */
                            period: "hour" | "today" | "day" | "month" | "year";
                            /** @description Every step of the period, also those without any. */
                            series: {
                                /**
                                 * Format: date-time
                                 * @description When the step begins.
                                 */
                                at: string;
                                /** @description Bytes received from the internet. */
                                down: number;
                                /** @description Bytes sent there. */
                                up: number;
                            }[];
                            /**
                             * Format: date-time
                             * @description Now.
                             */
                            until: string;
                            /** @description Bytes sent there. */
                            up: number;
                        };
                        "text/csv": string;
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports, newest first
         * @description For the home's owner.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    /** @description The most items to return. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                created_at: string;
                                /** Format: uuid */
                                id: string;
                                /** @description As `POST /imports` answers it. */
                                report: unknown;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Import the old program's files, or an export
         * @description Send the files of the data folder, or the one of `GET /me/export`, as multipart/form-data, 512 MB at most. Nothing is written unless every record can be imported, or `skip_invalid` is set: if records cannot be imported, the problem has the whole `report` besides the first hundred `errors`. Importing the same files again changes nothing, so a repeated request is harmless, with or without an Idempotency-Key. For the home's owner.
         */
        post: {
            parameters: {
                query?: {
                    /** @description Do everything, and keep nothing. */
                    dry_run?: boolean;
                    /** @description The router whose data this is, made if it is missing. Only an export has its own. */
                    router_id?: string;
                    /** @description Import the rest and keep the rejected records, verbatim. */
                    skip_invalid?: boolean;
                    /** @description For dates without a zone. */
                    timezone?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            report: {
                                generations: {
                                    files: string[];
                                    /** @enum {unknown} */
                                    generation: "sqlite" | "tinydb" | "lists" | "split" | "export";
                                }[];
                                left_out: {
                                    /** @enum {unknown} */
                                    code: "empty_file" | "kept_record" | "differs" | "mode_used" | "mode_differs" | "rule_mode" | "empty_list" | "undated_entry" | "undated_block" | "table_in_row" | "block_of_history" | "unclear_block" | "block_of_router" | "no_mac" | "hour_twice" | "no_first_seen" | "no_last_seen" | "secret_field" | "history" | "secrets" | "vendors" | "foreign_file" | "no_file" | "companion" | "missing" | "not_a_switch" | "not_an_object" | "not_an_address" | "not_a_mac" | "mac_of_group" | "no_device_address" | "not_a_date" | "not_a_text" | "not_a_rate" | "not_a_mode" | "no_full_rate" | "never_seen" | "seen_backwards" | "too_long" | "too_many_bytes" | "endless" | "too_large_number" | "inexact_number" | "too_deep" | "holds_nul" | "holds_half_pair" | "utf16" | "not_utf8" | "not_json" | "not_json_at" | "not_expected" | "cut_short" | "damaged" | "unknown_table" | "recorded_later" | "taken";
                                    file: string;
                                    reason: string;
                                }[];
                                /** @description The mode of the router: `none`, `whitelist` or `blacklist`. Absent: an export, or `stopped`. */
                                mode?: {
                                    after: string;
                                    before: string;
                                };
                                notes: {
                                    /** @enum {unknown} */
                                    code: "empty_file" | "kept_record" | "differs" | "mode_used" | "mode_differs" | "rule_mode" | "empty_list" | "undated_entry" | "undated_block" | "table_in_row" | "block_of_history" | "unclear_block" | "block_of_router" | "no_mac" | "hour_twice" | "no_first_seen" | "no_last_seen" | "secret_field" | "history" | "secrets" | "vendors" | "foreign_file" | "no_file" | "companion" | "missing" | "not_a_switch" | "not_an_object" | "not_an_address" | "not_a_mac" | "mac_of_group" | "no_device_address" | "not_a_date" | "not_a_text" | "not_a_rate" | "not_a_mode" | "no_full_rate" | "never_seen" | "seen_backwards" | "too_long" | "too_many_bytes" | "endless" | "too_large_number" | "inexact_number" | "too_deep" | "holds_nul" | "holds_half_pair" | "utf16" | "not_utf8" | "not_json" | "not_json_at" | "not_expected" | "cut_short" | "damaged" | "unknown_table" | "recorded_later" | "taken";
                                    /** @description How often it was noticed. */
                                    count: number;
                                    file: string;
                                    note: string;
                                    values: {
                                        [key: string]: string | number;
                                    };
                                }[];
                                /**
                                 * @description `stopped`: records were rejected, and nothing was written.
                                 * @enum {unknown}
                                 */
                                outcome: "imported" | "nothing new" | "dry run" | "stopped";
                                /** @description The first of them; `totals` counts all. */
                                rejects: {
                                    /** @enum {unknown} */
                                    code: "empty_file" | "kept_record" | "differs" | "mode_used" | "mode_differs" | "rule_mode" | "empty_list" | "undated_entry" | "undated_block" | "table_in_row" | "block_of_history" | "unclear_block" | "block_of_router" | "no_mac" | "hour_twice" | "no_first_seen" | "no_last_seen" | "secret_field" | "history" | "secrets" | "vendors" | "foreign_file" | "no_file" | "companion" | "missing" | "not_a_switch" | "not_an_object" | "not_an_address" | "not_a_mac" | "mac_of_group" | "no_device_address" | "not_a_date" | "not_a_text" | "not_a_rate" | "not_a_mode" | "no_full_rate" | "never_seen" | "seen_backwards" | "too_long" | "too_many_bytes" | "endless" | "too_large_number" | "inexact_number" | "too_deep" | "holds_nul" | "holds_half_pair" | "utf16" | "not_utf8" | "not_json" | "not_json_at" | "not_expected" | "cut_short" | "damaged" | "unknown_table" | "recorded_later" | "taken";
                                    field: string;
                                    file: string;
                                    key: string;
                                    reason: string;
                                    /** @description Empty if the file is one record. */
                                    table: string;
                                    value: string | null;
                                    values: {
                                        [key: string]: string | number;
                                    };
                                }[];
                                /** @description Null for an export without routers. */
                                router_id: string | null;
                                /** @description Rows inserted and changed, by table of the database. */
                                rows_written: {
                                    [key: string]: number;
                                };
                                tables: {
                                    file: string;
                                    read: number;
                                    rejected: number;
                                    table: string;
                                    unchanged: number;
                                    written: number;
                                }[];
                                /** @description Where dates without a zone were read. */
                                timezone: string;
                                /** @description read = written + unchanged + rejected */
                                totals: {
                                    read: number;
                                    rejected: number;
                                    unchanged: number;
                                    written: number;
                                };
                            };
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of a block that several devices share a MAC with: each address behind it, and the device that was seen there with a MAC of its own. */
                            behind?: {
                                device_id: string | null;
                                ip: string;
                                name: string | null;
                            }[];
                            /** @description With 429: what there are too many of, such as `imports`. */
                            busy?: string;
                            detail?: string;
                            errors?: {
                                expected: string;
                                field: string;
                                value?: unknown;
                            }[];
                            /** @description Of that quota. */
                            limit?: number;
                            /** @description With `quota-exceeded`: which one, as docs/quotas.md names it. */
                            quota?: string;
                            report?: {
                                generations: {
                                    files: string[];
                                    /** @enum {unknown} */
                                    generation: "sqlite" | "tinydb" | "lists" | "split" | "export";
                                }[];
                                left_out: {
                                    /** @enum {unknown} */
                                    code: "empty_file" | "kept_record" | "differs" | "mode_used" | "mode_differs" | "rule_mode" | "empty_list" | "undated_entry" | "undated_block" | "table_in_row" | "block_of_history" | "unclear_block" | "block_of_router" | "no_mac" | "hour_twice" | "no_first_seen" | "no_last_seen" | "secret_field" | "history" | "secrets" | "vendors" | "foreign_file" | "no_file" | "companion" | "missing" | "not_a_switch" | "not_an_object" | "not_an_address" | "not_a_mac" | "mac_of_group" | "no_device_address" | "not_a_date" | "not_a_text" | "not_a_rate" | "not_a_mode" | "no_full_rate" | "never_seen" | "seen_backwards" | "too_long" | "too_many_bytes" | "endless" | "too_large_number" | "inexact_number" | "too_deep" | "holds_nul" | "holds_half_pair" | "utf16" | "not_utf8" | "not_json" | "not_json_at" | "not_expected" | "cut_short" | "damaged" | "unknown_table" | "recorded_later" | "taken";
                                    file: string;
                                    reason: string;
                                }[];
                                /** @description The mode of the router: `none`, `whitelist` or `blacklist`. Absent: an export, or `stopped`. */
                                mode?: {
                                    after: string;
                                    before: string;
                                };
                                notes: {
                                    /** @enum {unknown} */
                                    code: "empty_file" | "kept_record" | "differs" | "mode_used" | "mode_differs" | "rule_mode" | "empty_list" | "undated_entry" | "undated_block" | "table_in_row" | "block_of_history" | "unclear_block" | "block_of_router" | "no_mac" | "hour_twice" | "no_first_seen" | "no_last_seen" | "secret_field" | "history" | "secrets" | "vendors" | "foreign_file" | "no_file" | "companion" | "missing" | "not_a_switch" | "not_an_object" | "not_an_address" | "not_a_mac" | "mac_of_group" | "no_device_address" | "not_a_date" | "not_a_text" | "not_a_rate" | "not_a_mode" | "no_full_rate" | "never_seen" | "seen_backwards" | "too_long" | "too_many_bytes" | "endless" | "too_large_number" | "inexact_number" | "too_deep" | "holds_nul" | "holds_half_pair" | "utf16" | "not_utf8" | "not_json" | "not_json_at" | "not_expected" | "cut_short" | "damaged" | "unknown_table" | "recorded_later" | "taken";
                                    /** @description How often it was noticed. */
                                    count: number;
                                    file: string;
                                    note: string;
                                    values: {
                                        [key: string]: string | number;
                                    };
                                }[];
                                /**
                                 * @description `stopped`: records were rejected, and nothing was written.
                                 * @enum {unknown}
                                 */
                                outcome: "imported" | "nothing new" | "dry run" | "stopped";
                                /** @description The first of them; `totals` counts all. */
                                rejects: {
                                    /** @enum {unknown} */
                                    code: "empty_file" | "kept_record" | "differs" | "mode_used" | "mode_differs" | "rule_mode" | "empty_list" | "undated_entry" | "undated_block" | "table_in_row" | "block_of_history" | "unclear_block" | "block_of_router" | "no_mac" | "hour_twice" | "no_first_seen" | "no_last_seen" | "secret_field" | "history" | "secrets" | "vendors" | "foreign_file" | "no_file" | "companion" | "missing" | "not_a_switch" | "not_an_object" | "not_an_address" | "not_a_mac" | "mac_of_group" | "no_device_address" | "not_a_date" | "not_a_text" | "not_a_rate" | "not_a_mode" | "no_full_rate" | "never_seen" | "seen_backwards" | "too_long" | "too_many_bytes" | "endless" | "too_large_number" | "inexact_number" | "too_deep" | "holds_nul" | "holds_half_pair" | "utf16" | "not_utf8" | "not_json" | "not_json_at" | "not_expected" | "cut_short" | "damaged" | "unknown_table" | "recorded_later" | "taken";
                                    field: string;
                                    file: string;
                                    key: string;
                                    reason: string;
                                    /** @description Empty if the file is one record. */
                                    table: string;
                                    value: string | null;
                                    values: {
                                        [key: string]: string | number;
                                    };
                                }[];
                                /** @description Null for an export without routers. */
                                router_id: string | null;
                                /** @description Rows inserted and changed, by table of the database. */
                                rows_written: {
                                    [key: string]: number;
                                };
                                tables: {
                                    file: string;
                                    read: number;
                                    rejected: number;
                                    table: string;
                                    unchanged: number;
                                    written: number;
                                }[];
                                /** @description Where dates without a zone were read. */
                                timezone: string;
                                /** @description read = written + unchanged + rejected */
                                totals: {
                                    read: number;
                                    rejected: number;
                                    unchanged: number;
                                    written: number;
                                };
                            };
                            /** @description Quote this when you ask for help. */
                            request_id?: string;
                            /** @description Of `/problems/sign-in-too-old`: where a browser signs in again (add `return_to`). Absent if people sign in by the local link. */
                            sign_in_url?: string;
                            status: number;
                            title: string;
                            /** @description The kind of problem: `/problems/` and a name that does not change. */
                            type: string;
                            /** @description Of that quota, now. */
                            used?: number;
                        };
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an import and its report
         * @description For the home's owner.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            /** @description As `POST /imports` answers it. */
                            report: unknown;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/rejects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the records that an import rejected
         * @description For the home's owner.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    /** @description The most items to return. */
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                field: string;
                                file: string;
                                /** Format: uuid */
                                id: string;
                                reason: string;
                                /** @description The record as the file has it. */
                                record: string;
                                record_key: string;
                                value: string | null;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what an invitation is for
         * @description Refused (409) if it was used, has expired, or is your own.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The end of the link. */
                    secret: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            expires_at: string;
                            /** Format: uuid */
                            home_id: string;
                            home_name: string;
                            owner_name: string;
                            /** @description What you will be. */
                            role: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{secret}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation: become a member of a home
         * @description A repeated request changes nothing, with or without an `Idempotency-Key`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The end of the link. */
                    secret: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** Format: uuid */
                            id: string;
                            is_own: boolean;
                            name: string;
                            /** @description What a device gets that nobody has reviewed yet, in bit/s. */
                            new_devices: {
                                /** @enum {unknown} */
                                access: "allow" | "limit" | "block";
                                down_rate: number | null;
                                /** @description Whether somebody has said so; until then they are allowed. */
                                is_chosen: boolean;
                                up_rate: number | null;
                            };
                            /** @description Null if it is your own. */
                            owner_name: string | null;
                            people: number;
                            /**
                             * @description What you are there.
                             * @enum {unknown}
                             */
                            role: "child" | "viewer" | "admin" | "owner";
                            routers: number;
                            /**
                             * Format: timezone
                             * @description Null until somebody has said it: UTC.
                             */
                            timezone: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get your account */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            avatar_url: string | null;
                            /** Format: date-time */
                            created_at: string;
                            email: string;
                            full_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description Who verified the e-mail address; null after a local sign-in. */
                            issuer: string | null;
                            /** Format: date-time */
                            last_login: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete your account and everything in it, at once and permanently
         * @description In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Your own e-mail address, to confirm. */
                        email: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change your name */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description If the issuer provides a name, the next sign-in sets that one again. */
                        full_name: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            avatar_url: string | null;
                            /** Format: date-time */
                            created_at: string;
                            email: string;
                            full_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description Who verified the e-mail address; null after a local sign-in. */
                            issuer: string | null;
                            /** Format: date-time */
                            last_login: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export everything of the account
         * @description JSON as docs/export-format.md describes it, of one moment, without sessions and secrets. `POST /imports` imports it again, into this account or another one. For the home's owner. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A download. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what your homes are like, for Prometheus
         * @description In the text format of Prometheus: routers, how the internet answers them, devices and the bytes that each used since midnight in the zone of its home (a counter that begins anew each day). For `authorization` in a `scrape_config`, with an API token of the scope `read`. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The metrics. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairing-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a code that links a router
         * @description It works once, for 10 minutes. The router comes to the home that was chosen, else to your first one; a router that was linked before stays in its home. An `Idempotency-Key` has no effect here: the response would have to be stored, and the code is not stored. For the role `admin` and above. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Shown only now; the database stores a hash. */
                            code: string;
                            /**
                             * Format: date-time
                             * @description 10 minutes from now.
                             */
                            expires_at: string;
                            /** Format: uuid */
                            id: string;
                            /** @description Run as root on the router, this installs the agent and links the router. It includes the SHA-256 of the script that it fetches, and runs nothing else. */
                            install_line: string;
                            /** @description Whether only this machine reaches what the line, or the router after it, connects to: then no router can be linked. */
                            is_loopback: boolean;
                            /** @description What a router connects to once it is linked. */
                            routers_host: string;
                            routers_port: number;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairing-codes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how far linking with a code has come
         * @description For the role `admin` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description How many devices it has reported since then. */
                            device_count: number;
                            /** Format: date-time */
                            expires_at: string;
                            /** Format: uuid */
                            id: string;
                            /** @description The router that was linked. */
                            router_id: string | null;
                            /**
                             * @description `fetched`: the line was run, and has its script. `registered`: the code was used. `connected`: the router has dialled in since then.
                             * @enum {unknown}
                             */
                            state: "waiting" | "expired" | "fetched" | "registered" | "connected";
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the routers
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description What its agent can do that not every agent can: some of `chunks`, `partial`, `time`, `rates`, `networks`, `counts`, `places`, `router`, `health`, `usage`, `wake`, `update`, `redial`, `move`. Null until it connects. */
                                agent_features: string[] | null;
                                /** @description What the agent that comes with this NetPilot can do, and this one cannot. */
                                agent_lacks: ("chunks" | "partial" | "time" | "rates" | "networks" | "counts" | "places" | "router" | "health" | "usage" | "wake" | "update" | "redial" | "move")[];
                                /** @description The version that its agent reports. */
                                agent_version: string | null;
                                /** @description Whether it knows the time: `trusted`; `held`: not since its start, and what held by time then holds; `repeated`: it does, but has heard nothing for so long that the last week of its rules repeats. Null if it does not say. */
                                clock: string | null;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                cloud_vm_ip: string | null;
                                /**
                                 * Format: date-time
                                 * @description When it last connected.
                                 */
                                connected_at: string | null;
                                /** @description How often it has connected since `connections_since`. */
                                connections: number;
                                /**
                                 * Format: date-time
                                 * @description Counted from then on, for an hour; null until it connects.
                                 */
                                connections_since: string | null;
                                /** Format: date-time */
                                created_at: string;
                                /** @description Whether that is another one than when it was linked. */
                                has_other_lan_mac: boolean;
                                /** @description Whether it is there, and whether it has the internet. */
                                health: {
                                    /** @description Percent of what was asked; null: nothing was measured. */
                                    loss: number | null;
                                    /** @description Milliseconds until its targets answered, on average of the last five minutes; null: none did. */
                                    round_trip: number | null;
                                    /**
                                     * Format: date-time
                                     * @description `away`: when it was last connected.
                                     */
                                    since: string | null;
                                    /**
                                     * @description `away`: not connected. Its line is dead or it is off: nobody can tell from here. `internet_down`: connected, but none of its targets has answered twice in a row. `unknown`: connected, but it measures nothing; or never connected, or unlinked.
                                     * @enum {unknown}
                                     */
                                    state: "ok" | "internet_down" | "away" | "unknown";
                                };
                                /** @description Which addresses it asks each minute, in turn, how well the internet answers; null: 1.1.1.1 and 9.9.9.9; empty: none. */
                                health_targets: string[] | null;
                                /** Format: uuid */
                                home_id: string;
                                /** @description False once it is unlinked. */
                                is_active: boolean;
                                /** @description Whether a newer agent comes with this NetPilot: linking the router again installs it. Null until it connects. */
                                is_agent_old: boolean | null;
                                is_connected: boolean;
                                /** @description Whether it has connected again and again within the past hour: its line fails, or something else connects with its key. */
                                is_flapping: boolean;
                                /**
                                 * Format: mac
                                 * @description Of its LAN, as it said when it last connected.
                                 */
                                lan_mac: string | null;
                                /**
                                 * Format: date-time
                                 * @description When it was last seen connected; while it is connected, up to 15 minutes ago.
                                 */
                                last_seen: string | null;
                                /** @description How it limits rates: with `nft`, the firewall, or `tc`, a shaper. */
                                limiter: string | null;
                                /** @description Two boxes connect with the key of this router, and take turns: the other one, as it was last seen within the past hour. */
                                rival: {
                                    /**
                                     * Format: mac
                                     * @description Of the other box.
                                     */
                                    lan_mac: string;
                                    /** Format: date-time */
                                    seen_at: string;
                                } | null;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                router_ip: string | null;
                                router_name: string | null;
                                /** @description Other routers whose LAN has the same MAC: they may be mixed up. */
                                same_lan_mac: string[];
                                /**
                                 * Format: date-time
                                 * @description When somebody asked for the scan that is under way; null if nobody waits for one.
                                 */
                                scan_wanted_at: string | null;
                                /**
                                 * Format: date-time
                                 * @description When all its devices were last read.
                                 */
                                scanned_at: string | null;
                                tunnel_port: number | null;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a router
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What its agent can do that not every agent can: some of `chunks`, `partial`, `time`, `rates`, `networks`, `counts`, `places`, `router`, `health`, `usage`, `wake`, `update`, `redial`, `move`. Null until it connects. */
                            agent_features: string[] | null;
                            /** @description What the agent that comes with this NetPilot can do, and this one cannot. */
                            agent_lacks: ("chunks" | "partial" | "time" | "rates" | "networks" | "counts" | "places" | "router" | "health" | "usage" | "wake" | "update" | "redial" | "move")[];
                            /** @description The version that its agent reports. */
                            agent_version: string | null;
                            /** @description Whether it knows the time: `trusted`; `held`: not since its start, and what held by time then holds; `repeated`: it does, but has heard nothing for so long that the last week of its rules repeats. Null if it does not say. */
                            clock: string | null;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            cloud_vm_ip: string | null;
                            /**
                             * Format: date-time
                             * @description When it last connected.
                             */
                            connected_at: string | null;
                            /** @description How often it has connected since `connections_since`. */
                            connections: number;
                            /**
                             * Format: date-time
                             * @description Counted from then on, for an hour; null until it connects.
                             */
                            connections_since: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** @description Whether that is another one than when it was linked. */
                            has_other_lan_mac: boolean;
                            /** @description Whether it is there, and whether it has the internet. */
                            health: {
                                /** @description Percent of what was asked; null: nothing was measured. */
                                loss: number | null;
                                /** @description Milliseconds until its targets answered, on average of the last five minutes; null: none did. */
                                round_trip: number | null;
                                /**
                                 * Format: date-time
                                 * @description `away`: when it was last connected.
                                 */
                                since: string | null;
                                /**
                                 * @description `away`: not connected. Its line is dead or it is off: nobody can tell from here. `internet_down`: connected, but none of its targets has answered twice in a row. `unknown`: connected, but it measures nothing; or never connected, or unlinked.
                                 * @enum {unknown}
                                 */
                                state: "ok" | "internet_down" | "away" | "unknown";
                            };
                            /** @description Which addresses it asks each minute, in turn, how well the internet answers; null: 1.1.1.1 and 9.9.9.9; empty: none. */
                            health_targets: string[] | null;
                            /** Format: uuid */
                            home_id: string;
                            /** @description False once it is unlinked. */
                            is_active: boolean;
                            /** @description Whether a newer agent comes with this NetPilot: linking the router again installs it. Null until it connects. */
                            is_agent_old: boolean | null;
                            is_connected: boolean;
                            /** @description Whether it has connected again and again within the past hour: its line fails, or something else connects with its key. */
                            is_flapping: boolean;
                            /**
                             * Format: mac
                             * @description Of its LAN, as it said when it last connected.
                             */
                            lan_mac: string | null;
                            /**
                             * Format: date-time
                             * @description When it was last seen connected; while it is connected, up to 15 minutes ago.
                             */
                            last_seen: string | null;
                            /** @description How it limits rates: with `nft`, the firewall, or `tc`, a shaper. */
                            limiter: string | null;
                            /** @description Two boxes connect with the key of this router, and take turns: the other one, as it was last seen within the past hour. */
                            rival: {
                                /**
                                 * Format: mac
                                 * @description Of the other box.
                                 */
                                lan_mac: string;
                                /** Format: date-time */
                                seen_at: string;
                            } | null;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            router_ip: string | null;
                            router_name: string | null;
                            /** @description Other routers whose LAN has the same MAC: they may be mixed up. */
                            same_lan_mac: string[];
                            /**
                             * Format: date-time
                             * @description When somebody asked for the scan that is under way; null if nobody waits for one.
                             */
                            scan_wanted_at: string | null;
                            /**
                             * Format: date-time
                             * @description When all its devices were last read.
                             */
                            scanned_at: string | null;
                            tunnel_port: number | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Unlink a router and delete everything that belongs to it
         * @description For the home's owner. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Rename a router, move it to another home, or change how it is reached
         * @description Only the owner moves a router to another home. For the role `admin` and above.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Which addresses it asks each minute, in turn, how well the internet answers; null: 1.1.1.1 and 9.9.9.9; empty: none. */
                        health_targets?: string[] | null;
                        /** Format: uuid */
                        home_id?: string;
                        /**
                         * Format: ip
                         * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                         */
                        router_ip?: string | null;
                        router_name?: string | null;
                        tunnel_port?: number | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What its agent can do that not every agent can: some of `chunks`, `partial`, `time`, `rates`, `networks`, `counts`, `places`, `router`, `health`, `usage`, `wake`, `update`, `redial`, `move`. Null until it connects. */
                            agent_features: string[] | null;
                            /** @description What the agent that comes with this NetPilot can do, and this one cannot. */
                            agent_lacks: ("chunks" | "partial" | "time" | "rates" | "networks" | "counts" | "places" | "router" | "health" | "usage" | "wake" | "update" | "redial" | "move")[];
                            /** @description The version that its agent reports. */
                            agent_version: string | null;
                            /** @description Whether it knows the time: `trusted`; `held`: not since its start, and what held by time then holds; `repeated`: it does, but has heard nothing for so long that the last week of its rules repeats. Null if it does not say. */
                            clock: string | null;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            cloud_vm_ip: string | null;
                            /**
                             * Format: date-time
                             * @description When it last connected.
                             */
                            connected_at: string | null;
                            /** @description How often it has connected since `connections_since`. */
                            connections: number;
                            /**
                             * Format: date-time
                             * @description Counted from then on, for an hour; null until it connects.
                             */
                            connections_since: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** @description Whether that is another one than when it was linked. */
                            has_other_lan_mac: boolean;
                            /** @description Whether it is there, and whether it has the internet. */
                            health: {
                                /** @description Percent of what was asked; null: nothing was measured. */
                                loss: number | null;
                                /** @description Milliseconds until its targets answered, on average of the last five minutes; null: none did. */
                                round_trip: number | null;
                                /**
                                 * Format: date-time
                                 * @description `away`: when it was last connected.
                                 */
                                since: string | null;
                                /**
                                 * @description `away`: not connected. Its line is dead or it is off: nobody can tell from here. `internet_down`: connected, but none of its targets has answered twice in a row. `unknown`: connected, but it measures nothing; or never connected, or unlinked.
                                 * @enum {unknown}
                                 */
                                state: "ok" | "internet_down" | "away" | "unknown";
                            };
                            /** @description Which addresses it asks each minute, in turn, how well the internet answers; null: 1.1.1.1 and 9.9.9.9; empty: none. */
                            health_targets: string[] | null;
                            /** Format: uuid */
                            home_id: string;
                            /** @description False once it is unlinked. */
                            is_active: boolean;
                            /** @description Whether a newer agent comes with this NetPilot: linking the router again installs it. Null until it connects. */
                            is_agent_old: boolean | null;
                            is_connected: boolean;
                            /** @description Whether it has connected again and again within the past hour: its line fails, or something else connects with its key. */
                            is_flapping: boolean;
                            /**
                             * Format: mac
                             * @description Of its LAN, as it said when it last connected.
                             */
                            lan_mac: string | null;
                            /**
                             * Format: date-time
                             * @description When it was last seen connected; while it is connected, up to 15 minutes ago.
                             */
                            last_seen: string | null;
                            /** @description How it limits rates: with `nft`, the firewall, or `tc`, a shaper. */
                            limiter: string | null;
                            /** @description Two boxes connect with the key of this router, and take turns: the other one, as it was last seen within the past hour. */
                            rival: {
                                /**
                                 * Format: mac
                                 * @description Of the other box.
                                 */
                                lan_mac: string;
                                /** Format: date-time */
                                seen_at: string;
                            } | null;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            router_ip: string | null;
                            router_name: string | null;
                            /** @description Other routers whose LAN has the same MAC: they may be mixed up. */
                            same_lan_mac: string[];
                            /**
                             * Format: date-time
                             * @description When somebody asked for the scan that is under way; null if nobody waits for one.
                             */
                            scan_wanted_at: string | null;
                            /**
                             * Format: date-time
                             * @description When all its devices were last read.
                             */
                            scanned_at: string | null;
                            tunnel_port: number | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/routers/{router_id}/blacklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a router's blacklist, newest first
         * @description In mode `blacklist`, devices on it have the limit rate, and all others the full rate. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    /** @description The most items to return. */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * Format: date-time
                                 * @description When it was added.
                                 */
                                blocked_at: string;
                                /**
                                 * Format: uuid
                                 * @description Null if no such device is known.
                                 */
                                device_id: string | null;
                                /**
                                 * Format: ip
                                 * @description Its address then; 0.0.0.0 if it was not known.
                                 */
                                device_ip: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                device_mac: string | null;
                                device_name: string | null;
                                /** Format: uuid */
                                id: string;
                                /** @description False: the entry stays, but has no effect. */
                                is_active: boolean;
                                reason: string | null;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** Format: date-time */
                                updated_at: string;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a device to the blacklist
         * @description In mode `blacklist`, devices on it have the limit rate, and all others the full rate. The entry applies to the device's MAC, whatever address it gets later; to its address if no MAC is known. A device that is already on it is a conflict that names the entry. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /**
                         * Format: uuid
                         * @description A device of the router. Its address and MAC are used.
                         */
                        device_id?: string;
                        /**
                         * Format: ip
                         * @description Instead of device_id: the device that has this address, if there is one.
                         */
                        device_ip?: string;
                        /**
                         * Format: mac
                         * @description Instead of device_id. It is enough, even if the device was never seen.
                         */
                        device_mac?: string;
                        device_name?: string | null;
                        /** @description False: the entry stays, but has no effect. */
                        is_active?: boolean;
                        reason?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When it was added.
                             */
                            blocked_at: string;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            device_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description False: the entry stays, but has no effect. */
                            is_active: boolean;
                            reason: string | null;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/blacklist/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an entry of the blacklist
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When it was added.
                             */
                            blocked_at: string;
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            device_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description False: the entry stays, but has no effect. */
                            is_active: boolean;
                            reason: string | null;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a device from the blacklist
         * @description It is then treated like every device that is not on it. For the role `admin` and above.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                    confirm?: boolean;
                };
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change an entry of the blacklist
         * @description Names and reasons are only for people. `is_active` decides whether the device is limited. For the role `admin` and above.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        device_name?: string | null;
                        /** @description False: the entry stays, but has no effect. */
                        is_active?: boolean;
                        reason?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When it was added.
                             */
                            blocked_at: string;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            device_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description False: the entry stays, but has no effect. */
                            is_active: boolean;
                            reason: string | null;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/routers/{router_id}/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a router's blocks, newest first
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    device_id?: string;
                    /** @description The most items to return. */
                    limit?: number;
                    /** @description `all` is the history: blocking a device twice makes two blocks. */
                    state?: "active" | "ended" | "all";
                };
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * @description `manual`: blocked by a person. `blacklist`: imported, of a device that is on the blacklist. `whitelist`: because it is not on the whitelist.
                                 * @enum {unknown}
                                 */
                                block_type: "manual" | "whitelist" | "blacklist";
                                /** Format: date-time */
                                blocked_at: string;
                                /**
                                 * Format: uuid
                                 * @description Null if no such device is known.
                                 */
                                device_id: string | null;
                                /**
                                 * Format: ip
                                 * @description Its address then; 0.0.0.0 if it was not known.
                                 */
                                device_ip: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                device_mac: string | null;
                                /** Format: uuid */
                                id: string;
                                /** @description False once it has ended. */
                                is_active: boolean;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** Format: date-time */
                                unblocked_at: string | null;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Block a device
         * @description In every mode, none of its traffic passes or reaches the router, in either direction, and its open connections end, once the router confirms: see `delivery`. The block applies to the device's MAC, whatever address it gets later; to its address if no MAC is known. A device that is already blocked is a conflict that names the block. The router itself cannot be blocked; the device that sends the request only with `confirm`. So is a device whose MAC has several IPv4 addresses, as a repeater's has for all who are behind it: the conflict lists them in `behind`. Not if the request names the MAC itself. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true to block the device that sends the request, or several devices that share a MAC. */
                        confirm?: boolean;
                        /**
                         * Format: uuid
                         * @description A device of the router. Its address and MAC are used.
                         */
                        device_id?: string;
                        /**
                         * Format: ip
                         * @description Instead of device_id: the device that has this address, if there is one.
                         */
                        device_ip?: string;
                        /**
                         * Format: mac
                         * @description Instead of device_id. It is enough, even if the device was never seen.
                         */
                        device_mac?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description `manual`: blocked by a person. `blacklist`: imported, of a device that is on the blacklist. `whitelist`: because it is not on the whitelist.
                             * @enum {unknown}
                             */
                            block_type: "manual" | "whitelist" | "blacklist";
                            /** Format: date-time */
                            blocked_at: string;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description False once it has ended. */
                            is_active: boolean;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            unblocked_at: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/blocks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a block
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description `manual`: blocked by a person. `blacklist`: imported, of a device that is on the blacklist. `whitelist`: because it is not on the whitelist.
                             * @enum {unknown}
                             */
                            block_type: "manual" | "whitelist" | "blacklist";
                            /** Format: date-time */
                            blocked_at: string;
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description False once it has ended. */
                            is_active: boolean;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            unblocked_at: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/blocks/{id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a block
         * @description Mode and lists apply to the device again, once the router confirms: see `delivery`. The block stays in the history. If devices are merged, blocks of the others end with it. A block that has already ended is returned unchanged. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description `manual`: blocked by a person. `blacklist`: imported, of a device that is on the blacklist. `whitelist`: because it is not on the whitelist.
                             * @enum {unknown}
                             */
                            block_type: "manual" | "whitelist" | "blacklist";
                            /** Format: date-time */
                            blocked_at: string;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description False once it has ended. */
                            is_active: boolean;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            unblocked_at: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a router's devices
         * @description Every device that the router ever saw, the last seen first unless `sort` says otherwise. A `cursor` is valid only with the `sort` that it was made for. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    /** @description The most items to return. */
                    limit?: number;
                    /** @description Only devices of this person. */
                    person_id?: string;
                    /** @description Descending with `-` in front. `name` is device_name, else hostname, else ip. Devices without a type come last. */
                    sort?: "name" | "ip" | "last_seen" | "first_seen" | "type" | "-name" | "-ip" | "-last_seen" | "-first_seen" | "-type";
                    /** @description Only devices in this state. `blocked` and `limited` are those whose `access` is that now, for whatever reason. `new` are those that nobody has reviewed. `offline` are all that are not known to be online; `unknown` of these are those whose router is not connected. */
                    state?: "online" | "offline" | "unknown" | "blocked" | "limited" | "new" | "whitelisted" | "blacklisted";
                    /** @description Searched for, ignoring case, in device_name, hostname, manufacturer, mac, ip, and the network, port and SSID of its place. */
                    text?: string;
                    /** @description Exactly this device_type. */
                    type?: string;
                };
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                                access: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    next: {
                                        /**
                                         * @description What it gets. A limit of 0 in both directions is a block.
                                         * @enum {unknown}
                                         */
                                        access: "allow" | "limit" | "block";
                                        /** Format: date-time */
                                        at: string;
                                        /** @description Why. */
                                        because: {
                                            /**
                                             * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                             * @enum {unknown}
                                             */
                                            kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                            /** @description Of the rule. */
                                            name: string | null;
                                            /**
                                             * Format: uuid
                                             * @description The rule, if it is one.
                                             */
                                            rule_id: string | null;
                                            /** @description What the rule is for: everyone, person, device or network. */
                                            target: string | null;
                                        };
                                        /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                        down_rate: number | null;
                                        /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                        is_armed: boolean;
                                        /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                        up_rate: number | null;
                                    } | null;
                                    /**
                                     * Format: date-time
                                     * @description Since when, for the same reason; null: nobody knows.
                                     */
                                    since: string | null;
                                    /**
                                     * Format: date-time
                                     * @description When something else holds, whatever the reason; null: as far as is known, never.
                                     */
                                    until: string | null;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                };
                                /** @description The name that its owner gave it. */
                                device_name: string | null;
                                /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                                device_type: string | null;
                                /** Format: date-time */
                                first_seen: string;
                                /** @description Its MAC is random, as phones use it: it may have another one tomorrow. */
                                has_random_mac: boolean;
                                /** @description False once another device has this address. */
                                holds_ip: boolean;
                                /** @description The name that it reports. */
                                hostname: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip: string;
                                /** @description Whether it is on the blacklist, with an active entry, in any mode. */
                                is_blacklisted: boolean;
                                /** @description Whether an active block applies to it. Whether it gets through is in `access`. */
                                is_blocked: boolean;
                                /** @description Whether another router knows one of its MACs too: the device itself says which (`elsewhere`). */
                                is_elsewhere: boolean;
                                /** @description Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one. */
                                is_new: boolean;
                                /** @description False also while its router is not connected: see `unknown_since`. */
                                is_online: boolean;
                                /** @description Whether it is the router itself. */
                                is_router: boolean;
                                /** @description Whether it is on the whitelist, in any mode. */
                                is_whitelisted: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                /** @description All its MACs: its own, and those of the devices merged into it. */
                                macs: string[];
                                manufacturer: string | null;
                                /** @description Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing. */
                                name_guess: string | null;
                                /**
                                 * Format: uuid
                                 * @description Who uses it; null: nobody has said.
                                 */
                                person_id: string | null;
                                /** @description Where it is, or was last; null if its router does not say. */
                                place: {
                                    /** @description Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60. */
                                    band: string | null;
                                    /** @description Bit/s that it was last sent with. */
                                    down: number | null;
                                    /** @description As the router's configuration names it, such as `guest`. */
                                    network: string | null;
                                    /** @description The router's interface where it is plugged in, or its radio. */
                                    port: string | null;
                                    /** @description In dBm, as the router hears it. A change of less than 10 is not stored. */
                                    signal: number | null;
                                    /**
                                     * Format: date-time
                                     * @description Since when it is on this network, port, SSID and band.
                                     */
                                    since: string;
                                    /** @description The Wi-Fi that it is in; null with a cable. */
                                    ssid: string | null;
                                    /** @description Bit/s that it last sent with. */
                                    up: number | null;
                                } | null;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** @description Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one. */
                                same_as: {
                                    /** Format: uuid */
                                    device_id: string;
                                    /** @description Of that device, as people see it. */
                                    name: string;
                                    reasons: {
                                        /** @enum {unknown} */
                                        code: "random_mac" | "same_name" | "left_before" | "same_network" | "was_blocked" | "had_rules";
                                        /** @description With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came. */
                                        value: string | null;
                                    }[];
                                } | null;
                                /** @description Guessed, as long as it has no `device_type`; null if nothing says what it is. */
                                type_guess: {
                                    /** @description The name or the manufacturer that says so; null for `random_mac`. */
                                    evidence: string | null;
                                    /**
                                     * @description What says so.
                                     * @enum {unknown}
                                     */
                                    reason: "device_name" | "hostname" | "manufacturer" | "random_mac";
                                    /** @description What it may be, such as `phone`, `watch` or `smart_home`. */
                                    type: string;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.
                                 */
                                unknown_since: string | null;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a device, with its addresses and presence
         * @description By the id of a device that is merged into another, returns the device that it is part of. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description Its current and earlier addresses; the newest 200. */
                            addresses: {
                                /** Format: date-time */
                                first_seen: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip: string;
                                /** @description False for an earlier address. */
                                is_current: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                            }[];
                            /** @description The name that its owner gave it. */
                            device_name: string | null;
                            /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                            device_type: string | null;
                            /** @description The other routers that know one of its MACs: it was carried there, or there are two with one MAC. Each router has its own entry, with its own name, lists and blocks. */
                            elsewhere: {
                                /** Format: uuid */
                                device_id: string;
                                is_online: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /** Format: date-time */
                            first_seen: string;
                            /** @description Its MAC is random, as phones use it: it may have another one tomorrow. */
                            has_random_mac: boolean;
                            /** @description False once another device has this address. */
                            holds_ip: boolean;
                            /** @description The name that it reports. */
                            hostname: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            ip: string;
                            /** @description Whether it is on the blacklist, with an active entry, in any mode. */
                            is_blacklisted: boolean;
                            /** @description Whether an active block applies to it. Whether it gets through is in `access`. */
                            is_blocked: boolean;
                            /** @description Whether another router knows one of its MACs too: the device itself says which (`elsewhere`). */
                            is_elsewhere: boolean;
                            /** @description Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one. */
                            is_new: boolean;
                            /** @description False also while its router is not connected: see `unknown_since`. */
                            is_online: boolean;
                            /** @description Whether it is the router itself. */
                            is_router: boolean;
                            /** @description Whether it is on the whitelist, in any mode. */
                            is_whitelisted: boolean;
                            /** Format: date-time */
                            last_seen: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            mac: string | null;
                            /** @description All its MACs: its own, and those of the devices merged into it. */
                            macs: string[];
                            manufacturer: string | null;
                            /** @description The devices that a person merged into it. */
                            merged: {
                                /** @description The name that its owner gave it. */
                                device_name: string | null;
                                /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                                device_type: string | null;
                                /** Format: date-time */
                                first_seen: string;
                                /** @description The name that it reports. */
                                hostname: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                manufacturer: string | null;
                            }[];
                            /** @description Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing. */
                            name_guess: string | null;
                            /**
                             * Format: uuid
                             * @description Who uses it; null: nobody has said.
                             */
                            person_id: string | null;
                            /** @description Where it is, or was last; null if its router does not say. */
                            place: {
                                /** @description Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60. */
                                band: string | null;
                                /** @description Bit/s that it was last sent with. */
                                down: number | null;
                                /** @description As the router's configuration names it, such as `guest`. */
                                network: string | null;
                                /** @description The router's interface where it is plugged in, or its radio. */
                                port: string | null;
                                /** @description In dBm, as the router hears it. A change of less than 10 is not stored. */
                                signal: number | null;
                                /**
                                 * Format: date-time
                                 * @description Since when it is on this network, port, SSID and band.
                                 */
                                since: string;
                                /** @description The Wi-Fi that it is in; null with a cable. */
                                ssid: string | null;
                                /** @description Bit/s that it last sent with. */
                                up: number | null;
                            } | null;
                            /** @description When it was online, the newest 200 times. */
                            presence: {
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                /**
                                 * Format: date-time
                                 * @description Null while it is online. A stay ends with the connection of its router.
                                 */
                                offline_at: string | null;
                                /** Format: date-time */
                                online_at: string;
                            }[];
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** @description Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one. */
                            same_as: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description Of that device, as people see it. */
                                name: string;
                                reasons: {
                                    /** @enum {unknown} */
                                    code: "random_mac" | "same_name" | "left_before" | "same_network" | "was_blocked" | "had_rules";
                                    /** @description With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came. */
                                    value: string | null;
                                }[];
                            } | null;
                            /** @description Guessed, as long as it has no `device_type`; null if nothing says what it is. */
                            type_guess: {
                                /** @description The name or the manufacturer that says so; null for `random_mac`. */
                                evidence: string | null;
                                /**
                                 * @description What says so.
                                 * @enum {unknown}
                                 */
                                reason: "device_name" | "hostname" | "manufacturer" | "random_mac";
                                /** @description What it may be, such as `phone`, `watch` or `smart_home`. */
                                type: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.
                             */
                            unknown_since: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete a device
         * @description Only a device that is offline, has none merged into it, and that no rule is for. List entries and blocks for it stay, by its MAC or address: if it comes back, the same rules apply. Its name, type and earlier addresses are lost. For the role `admin` and above.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Set the name, the type or the person of a device
         * @description Null removes it. Name and type are only for people: nothing changes for the device. The rules for a person hold for their devices, once the routers confirm. For the role `admin` and above.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        device_name?: string | null;
                        /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                        device_type?: string | null;
                        /**
                         * Format: uuid
                         * @description A person of the home; null: nobody. All devices of the home with one of its MACs follow, and are no longer new.
                         */
                        person_id?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description Its current and earlier addresses; the newest 200. */
                            addresses: {
                                /** Format: date-time */
                                first_seen: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip: string;
                                /** @description False for an earlier address. */
                                is_current: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                            }[];
                            /** @description The name that its owner gave it. */
                            device_name: string | null;
                            /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                            device_type: string | null;
                            /** @description The other routers that know one of its MACs: it was carried there, or there are two with one MAC. Each router has its own entry, with its own name, lists and blocks. */
                            elsewhere: {
                                /** Format: uuid */
                                device_id: string;
                                is_online: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /** Format: date-time */
                            first_seen: string;
                            /** @description Its MAC is random, as phones use it: it may have another one tomorrow. */
                            has_random_mac: boolean;
                            /** @description False once another device has this address. */
                            holds_ip: boolean;
                            /** @description The name that it reports. */
                            hostname: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            ip: string;
                            /** @description Whether it is on the blacklist, with an active entry, in any mode. */
                            is_blacklisted: boolean;
                            /** @description Whether an active block applies to it. Whether it gets through is in `access`. */
                            is_blocked: boolean;
                            /** @description Whether another router knows one of its MACs too: the device itself says which (`elsewhere`). */
                            is_elsewhere: boolean;
                            /** @description Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one. */
                            is_new: boolean;
                            /** @description False also while its router is not connected: see `unknown_since`. */
                            is_online: boolean;
                            /** @description Whether it is the router itself. */
                            is_router: boolean;
                            /** @description Whether it is on the whitelist, in any mode. */
                            is_whitelisted: boolean;
                            /** Format: date-time */
                            last_seen: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            mac: string | null;
                            /** @description All its MACs: its own, and those of the devices merged into it. */
                            macs: string[];
                            manufacturer: string | null;
                            /** @description The devices that a person merged into it. */
                            merged: {
                                /** @description The name that its owner gave it. */
                                device_name: string | null;
                                /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                                device_type: string | null;
                                /** Format: date-time */
                                first_seen: string;
                                /** @description The name that it reports. */
                                hostname: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                manufacturer: string | null;
                            }[];
                            /** @description Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing. */
                            name_guess: string | null;
                            /**
                             * Format: uuid
                             * @description Who uses it; null: nobody has said.
                             */
                            person_id: string | null;
                            /** @description Where it is, or was last; null if its router does not say. */
                            place: {
                                /** @description Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60. */
                                band: string | null;
                                /** @description Bit/s that it was last sent with. */
                                down: number | null;
                                /** @description As the router's configuration names it, such as `guest`. */
                                network: string | null;
                                /** @description The router's interface where it is plugged in, or its radio. */
                                port: string | null;
                                /** @description In dBm, as the router hears it. A change of less than 10 is not stored. */
                                signal: number | null;
                                /**
                                 * Format: date-time
                                 * @description Since when it is on this network, port, SSID and band.
                                 */
                                since: string;
                                /** @description The Wi-Fi that it is in; null with a cable. */
                                ssid: string | null;
                                /** @description Bit/s that it last sent with. */
                                up: number | null;
                            } | null;
                            /** @description When it was online, the newest 200 times. */
                            presence: {
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                /**
                                 * Format: date-time
                                 * @description Null while it is online. A stay ends with the connection of its router.
                                 */
                                offline_at: string | null;
                                /** Format: date-time */
                                online_at: string;
                            }[];
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** @description Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one. */
                            same_as: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description Of that device, as people see it. */
                                name: string;
                                reasons: {
                                    /** @enum {unknown} */
                                    code: "random_mac" | "same_name" | "left_before" | "same_network" | "was_blocked" | "had_rules";
                                    /** @description With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came. */
                                    value: string | null;
                                }[];
                            } | null;
                            /** @description Guessed, as long as it has no `device_type`; null if nothing says what it is. */
                            type_guess: {
                                /** @description The name or the manufacturer that says so; null for `random_mac`. */
                                evidence: string | null;
                                /**
                                 * @description What says so.
                                 * @enum {unknown}
                                 */
                                reason: "device_name" | "hostname" | "manufacturer" | "random_mac";
                                /** @description What it may be, such as `phone`, `watch` or `smart_home`. */
                                type: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.
                             */
                            unknown_since: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/routers/{router_id}/devices/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge a device into this one
         * @description For two network cards of one laptop, or the old and the new random MAC of one phone. The merged device is not listed any more; its addresses, presence, lists and blocks are those of this device, and what applies to this device applies to all its MACs: see `delivery`. Nothing is lost: it can be undone. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /** Format: uuid */
                        device_id: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description Its current and earlier addresses; the newest 200. */
                            addresses: {
                                /** Format: date-time */
                                first_seen: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip: string;
                                /** @description False for an earlier address. */
                                is_current: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                            }[];
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /** @description The name that its owner gave it. */
                            device_name: string | null;
                            /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                            device_type: string | null;
                            /** @description The other routers that know one of its MACs: it was carried there, or there are two with one MAC. Each router has its own entry, with its own name, lists and blocks. */
                            elsewhere: {
                                /** Format: uuid */
                                device_id: string;
                                is_online: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /** Format: date-time */
                            first_seen: string;
                            /** @description Its MAC is random, as phones use it: it may have another one tomorrow. */
                            has_random_mac: boolean;
                            /** @description False once another device has this address. */
                            holds_ip: boolean;
                            /** @description The name that it reports. */
                            hostname: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            ip: string;
                            /** @description Whether it is on the blacklist, with an active entry, in any mode. */
                            is_blacklisted: boolean;
                            /** @description Whether an active block applies to it. Whether it gets through is in `access`. */
                            is_blocked: boolean;
                            /** @description Whether another router knows one of its MACs too: the device itself says which (`elsewhere`). */
                            is_elsewhere: boolean;
                            /** @description Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one. */
                            is_new: boolean;
                            /** @description False also while its router is not connected: see `unknown_since`. */
                            is_online: boolean;
                            /** @description Whether it is the router itself. */
                            is_router: boolean;
                            /** @description Whether it is on the whitelist, in any mode. */
                            is_whitelisted: boolean;
                            /** Format: date-time */
                            last_seen: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            mac: string | null;
                            /** @description All its MACs: its own, and those of the devices merged into it. */
                            macs: string[];
                            manufacturer: string | null;
                            /** @description The devices that a person merged into it. */
                            merged: {
                                /** @description The name that its owner gave it. */
                                device_name: string | null;
                                /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                                device_type: string | null;
                                /** Format: date-time */
                                first_seen: string;
                                /** @description The name that it reports. */
                                hostname: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                manufacturer: string | null;
                            }[];
                            /** @description Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing. */
                            name_guess: string | null;
                            /**
                             * Format: uuid
                             * @description Who uses it; null: nobody has said.
                             */
                            person_id: string | null;
                            /** @description Where it is, or was last; null if its router does not say. */
                            place: {
                                /** @description Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60. */
                                band: string | null;
                                /** @description Bit/s that it was last sent with. */
                                down: number | null;
                                /** @description As the router's configuration names it, such as `guest`. */
                                network: string | null;
                                /** @description The router's interface where it is plugged in, or its radio. */
                                port: string | null;
                                /** @description In dBm, as the router hears it. A change of less than 10 is not stored. */
                                signal: number | null;
                                /**
                                 * Format: date-time
                                 * @description Since when it is on this network, port, SSID and band.
                                 */
                                since: string;
                                /** @description The Wi-Fi that it is in; null with a cable. */
                                ssid: string | null;
                                /** @description Bit/s that it last sent with. */
                                up: number | null;
                            } | null;
                            /** @description When it was online, the newest 200 times. */
                            presence: {
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                /**
                                 * Format: date-time
                                 * @description Null while it is online. A stay ends with the connection of its router.
                                 */
                                offline_at: string | null;
                                /** Format: date-time */
                                online_at: string;
                            }[];
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** @description Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one. */
                            same_as: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description Of that device, as people see it. */
                                name: string;
                                reasons: {
                                    /** @enum {unknown} */
                                    code: "random_mac" | "same_name" | "left_before" | "same_network" | "was_blocked" | "had_rules";
                                    /** @description With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came. */
                                    value: string | null;
                                }[];
                            } | null;
                            /** @description Guessed, as long as it has no `device_type`; null if nothing says what it is. */
                            type_guess: {
                                /** @description The name or the manufacturer that says so; null for `random_mac`. */
                                evidence: string | null;
                                /**
                                 * @description What says so.
                                 * @enum {unknown}
                                 */
                                reason: "device_name" | "hostname" | "manufacturer" | "random_mac";
                                /** @description What it may be, such as `phone`, `watch` or `smart_home`. */
                                type: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.
                             */
                            unknown_since: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/devices/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Allow or refuse a new device
         * @description It is not new any more, at no router of the home, and can be given to a person and merged with another device at the same time. A device that has been reviewed can be reviewed again. `delivery` is of its router. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /**
                         * @description `allow`: it is welcome, and gets what the rest of the rules say. `refuse`: it is blocked, at every router of the home that knows it.
                         * @enum {unknown}
                         */
                        decision: "allow" | "refuse";
                        /**
                         * Format: uuid
                         * @description Whose it is: a person of the home.
                         */
                        person_id?: string;
                        /**
                         * Format: uuid
                         * @description A device of the router that it is, under another MAC: it is merged into that one. What is decided for that one holds, also its blocks.
                         */
                        same_as?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description Its current and earlier addresses; the newest 200. */
                            addresses: {
                                /** Format: date-time */
                                first_seen: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip: string;
                                /** @description False for an earlier address. */
                                is_current: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                            }[];
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /** @description The name that its owner gave it. */
                            device_name: string | null;
                            /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                            device_type: string | null;
                            /** @description The other routers that know one of its MACs: it was carried there, or there are two with one MAC. Each router has its own entry, with its own name, lists and blocks. */
                            elsewhere: {
                                /** Format: uuid */
                                device_id: string;
                                is_online: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /** Format: date-time */
                            first_seen: string;
                            /** @description Its MAC is random, as phones use it: it may have another one tomorrow. */
                            has_random_mac: boolean;
                            /** @description False once another device has this address. */
                            holds_ip: boolean;
                            /** @description The name that it reports. */
                            hostname: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            ip: string;
                            /** @description Whether it is on the blacklist, with an active entry, in any mode. */
                            is_blacklisted: boolean;
                            /** @description Whether an active block applies to it. Whether it gets through is in `access`. */
                            is_blocked: boolean;
                            /** @description Whether another router knows one of its MACs too: the device itself says which (`elsewhere`). */
                            is_elsewhere: boolean;
                            /** @description Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one. */
                            is_new: boolean;
                            /** @description False also while its router is not connected: see `unknown_since`. */
                            is_online: boolean;
                            /** @description Whether it is the router itself. */
                            is_router: boolean;
                            /** @description Whether it is on the whitelist, in any mode. */
                            is_whitelisted: boolean;
                            /** Format: date-time */
                            last_seen: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            mac: string | null;
                            /** @description All its MACs: its own, and those of the devices merged into it. */
                            macs: string[];
                            manufacturer: string | null;
                            /** @description The devices that a person merged into it. */
                            merged: {
                                /** @description The name that its owner gave it. */
                                device_name: string | null;
                                /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                                device_type: string | null;
                                /** Format: date-time */
                                first_seen: string;
                                /** @description The name that it reports. */
                                hostname: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                manufacturer: string | null;
                            }[];
                            /** @description Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing. */
                            name_guess: string | null;
                            /**
                             * Format: uuid
                             * @description Who uses it; null: nobody has said.
                             */
                            person_id: string | null;
                            /** @description Where it is, or was last; null if its router does not say. */
                            place: {
                                /** @description Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60. */
                                band: string | null;
                                /** @description Bit/s that it was last sent with. */
                                down: number | null;
                                /** @description As the router's configuration names it, such as `guest`. */
                                network: string | null;
                                /** @description The router's interface where it is plugged in, or its radio. */
                                port: string | null;
                                /** @description In dBm, as the router hears it. A change of less than 10 is not stored. */
                                signal: number | null;
                                /**
                                 * Format: date-time
                                 * @description Since when it is on this network, port, SSID and band.
                                 */
                                since: string;
                                /** @description The Wi-Fi that it is in; null with a cable. */
                                ssid: string | null;
                                /** @description Bit/s that it last sent with. */
                                up: number | null;
                            } | null;
                            /** @description When it was online, the newest 200 times. */
                            presence: {
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                /**
                                 * Format: date-time
                                 * @description Null while it is online. A stay ends with the connection of its router.
                                 */
                                offline_at: string | null;
                                /** Format: date-time */
                                online_at: string;
                            }[];
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** @description Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one. */
                            same_as: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description Of that device, as people see it. */
                                name: string;
                                reasons: {
                                    /** @enum {unknown} */
                                    code: "random_mac" | "same_name" | "left_before" | "same_network" | "was_blocked" | "had_rules";
                                    /** @description With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came. */
                                    value: string | null;
                                }[];
                            } | null;
                            /** @description Guessed, as long as it has no `device_type`; null if nothing says what it is. */
                            type_guess: {
                                /** @description The name or the manufacturer that says so; null for `random_mac`. */
                                evidence: string | null;
                                /**
                                 * @description What says so.
                                 * @enum {unknown}
                                 */
                                reason: "device_name" | "hostname" | "manufacturer" | "random_mac";
                                /** @description What it may be, such as `phone`, `watch` or `smart_home`. */
                                type: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.
                             */
                            unknown_since: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/devices/{id}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a merge
         * @description The device is one of its own again, with the name, lists and blocks that it had before, and with what was seen of it since. Lists and blocks added since then stay with the device that they were made for. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /** Format: uuid */
                        device_id: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description Its current and earlier addresses; the newest 200. */
                            addresses: {
                                /** Format: date-time */
                                first_seen: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip: string;
                                /** @description False for an earlier address. */
                                is_current: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                            }[];
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /** @description The name that its owner gave it. */
                            device_name: string | null;
                            /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                            device_type: string | null;
                            /** @description The other routers that know one of its MACs: it was carried there, or there are two with one MAC. Each router has its own entry, with its own name, lists and blocks. */
                            elsewhere: {
                                /** Format: uuid */
                                device_id: string;
                                is_online: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /** Format: date-time */
                            first_seen: string;
                            /** @description Its MAC is random, as phones use it: it may have another one tomorrow. */
                            has_random_mac: boolean;
                            /** @description False once another device has this address. */
                            holds_ip: boolean;
                            /** @description The name that it reports. */
                            hostname: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            ip: string;
                            /** @description Whether it is on the blacklist, with an active entry, in any mode. */
                            is_blacklisted: boolean;
                            /** @description Whether an active block applies to it. Whether it gets through is in `access`. */
                            is_blocked: boolean;
                            /** @description Whether another router knows one of its MACs too: the device itself says which (`elsewhere`). */
                            is_elsewhere: boolean;
                            /** @description Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one. */
                            is_new: boolean;
                            /** @description False also while its router is not connected: see `unknown_since`. */
                            is_online: boolean;
                            /** @description Whether it is the router itself. */
                            is_router: boolean;
                            /** @description Whether it is on the whitelist, in any mode. */
                            is_whitelisted: boolean;
                            /** Format: date-time */
                            last_seen: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            mac: string | null;
                            /** @description All its MACs: its own, and those of the devices merged into it. */
                            macs: string[];
                            manufacturer: string | null;
                            /** @description The devices that a person merged into it. */
                            merged: {
                                /** @description The name that its owner gave it. */
                                device_name: string | null;
                                /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                                device_type: string | null;
                                /** Format: date-time */
                                first_seen: string;
                                /** @description The name that it reports. */
                                hostname: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                manufacturer: string | null;
                            }[];
                            /** @description Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing. */
                            name_guess: string | null;
                            /**
                             * Format: uuid
                             * @description Who uses it; null: nobody has said.
                             */
                            person_id: string | null;
                            /** @description Where it is, or was last; null if its router does not say. */
                            place: {
                                /** @description Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60. */
                                band: string | null;
                                /** @description Bit/s that it was last sent with. */
                                down: number | null;
                                /** @description As the router's configuration names it, such as `guest`. */
                                network: string | null;
                                /** @description The router's interface where it is plugged in, or its radio. */
                                port: string | null;
                                /** @description In dBm, as the router hears it. A change of less than 10 is not stored. */
                                signal: number | null;
                                /**
                                 * Format: date-time
                                 * @description Since when it is on this network, port, SSID and band.
                                 */
                                since: string;
                                /** @description The Wi-Fi that it is in; null with a cable. */
                                ssid: string | null;
                                /** @description Bit/s that it last sent with. */
                                up: number | null;
                            } | null;
                            /** @description When it was online, the newest 200 times. */
                            presence: {
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                /**
                                 * Format: date-time
                                 * @description Null while it is online. A stay ends with the connection of its router.
                                 */
                                offline_at: string | null;
                                /** Format: date-time */
                                online_at: string;
                            }[];
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** @description Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one. */
                            same_as: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description Of that device, as people see it. */
                                name: string;
                                reasons: {
                                    /** @enum {unknown} */
                                    code: "random_mac" | "same_name" | "left_before" | "same_network" | "was_blocked" | "had_rules";
                                    /** @description With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came. */
                                    value: string | null;
                                }[];
                            } | null;
                            /** @description Guessed, as long as it has no `device_type`; null if nothing says what it is. */
                            type_guess: {
                                /** @description The name or the manufacturer that says so; null for `random_mac`. */
                                evidence: string | null;
                                /**
                                 * @description What says so.
                                 * @enum {unknown}
                                 */
                                reason: "device_name" | "hostname" | "manufacturer" | "random_mac";
                                /** @description What it may be, such as `phone`, `watch` or `smart_home`. */
                                type: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.
                             */
                            unknown_since: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/devices/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a device used
         * @description What went to the internet and came from there; what stays within the home is not counted. A MAC that several routers of the home counted counts once. Minutes are kept for 2 days, hours for 60, days for 3 years. It is what this router counted, of all devices that are merged into this one, too. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `csv`: a table with a row for each step and device, 100,000 at most. */
                    format?: "json" | "csv";
                    /** @description `day` if it is not given. `hour`: the last 60 minutes, by minute. `today`: since midnight in the zone of the home, by hour. `day`: the last 24 hours, by hour. `month` and `year`: 30 and 365 days of that zone, by day; the last one is today. */
                    period?: "hour" | "today" | "day" | "month" | "year";
                };
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The usage. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description How complete this is. `partly`: packets are known to be missing, or a router does not count. `none`: no router counts.
                             * @enum {unknown}
                             */
                            counting: "counted" | "partly" | "none";
                            /** @description Bytes received from the internet. */
                            down: number;
                            /**
                             * Format: date-time
                             * @description When it begins.
                             */
                            from: string;
                            /**
                             * @description The one that was asked for.
                             * @enum {unknown}
                             */
                            period: "hour" | "today" | "day" | "month" | "year";
                            /** @description Every step of the period, also those without any. */
                            series: {
                                /**
                                 * Format: date-time
                                 * @description When the step begins.
                                 */
                                at: string;
                                /** @description Bytes received from the internet. */
                                down: number;
                                /** @description Bytes sent there. */
                                up: number;
                            }[];
                            /**
                             * Format: date-time
                             * @description Now.
                             */
                            until: string;
                            /** @description Bytes sent there. */
                            up: number;
                        };
                        "text/csv": string;
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/devices/{id}/wake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wake a device
         * @description Its router sends a magic packet (wake-on-LAN) for each of its MACs to all its networks; whether the device heeds it nobody knows until it is online. Refused (409) if the router is not connected or has no program for that (`wake` in `agent_features`). For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the home has decided for the device now: blocks, rules, mode and lists, all together. Whether its router does it already is in `delivery`. */
                            access: {
                                /**
                                 * @description What it gets. A limit of 0 in both directions is a block.
                                 * @enum {unknown}
                                 */
                                access: "allow" | "limit" | "block";
                                /** @description Why. */
                                because: {
                                    /**
                                     * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                     * @enum {unknown}
                                     */
                                    kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                    /** @description Of the rule. */
                                    name: string | null;
                                    /**
                                     * Format: uuid
                                     * @description The rule, if it is one.
                                     */
                                    rule_id: string | null;
                                    /** @description What the rule is for: everyone, person, device or network. */
                                    target: string | null;
                                };
                                /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                down_rate: number | null;
                                next: {
                                    /**
                                     * @description What it gets. A limit of 0 in both directions is a block.
                                     * @enum {unknown}
                                     */
                                    access: "allow" | "limit" | "block";
                                    /** Format: date-time */
                                    at: string;
                                    /** @description Why. */
                                    because: {
                                        /**
                                         * @description The first of these that says something, in this order. `router`: it is the router itself, which is never blocked. `block`: somebody has blocked it. `new_device`: nobody has reviewed it. `mode`: of its router, with the lists. `none`: nothing limits it.
                                         * @enum {unknown}
                                         */
                                        kind: "router" | "block" | "pause" | "exception" | "schedule" | "new_device" | "mode" | "none";
                                        /** @description Of the rule. */
                                        name: string | null;
                                        /**
                                         * Format: uuid
                                         * @description The rule, if it is one.
                                         */
                                        rule_id: string | null;
                                        /** @description What the rule is for: everyone, person, device or network. */
                                        target: string | null;
                                    };
                                    /** @description What it may receive, in bit/s; null: no limit. With `block`, 0. */
                                    down_rate: number | null;
                                    /** @description Whether the router has confirmed it and keeps time by itself: it then holds also if the router is offline. */
                                    is_armed: boolean;
                                    /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                    up_rate: number | null;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description Since when, for the same reason; null: nobody knows.
                                 */
                                since: string | null;
                                /**
                                 * Format: date-time
                                 * @description When something else holds, whatever the reason; null: as far as is known, never.
                                 */
                                until: string | null;
                                /** @description What it may send, in bit/s; null: no limit. With `block`, 0. */
                                up_rate: number | null;
                            };
                            /** @description Its current and earlier addresses; the newest 200. */
                            addresses: {
                                /** Format: date-time */
                                first_seen: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip: string;
                                /** @description False for an earlier address. */
                                is_current: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                            }[];
                            /** @description The name that its owner gave it. */
                            device_name: string | null;
                            /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                            device_type: string | null;
                            /** @description The other routers that know one of its MACs: it was carried there, or there are two with one MAC. Each router has its own entry, with its own name, lists and blocks. */
                            elsewhere: {
                                /** Format: uuid */
                                device_id: string;
                                is_online: boolean;
                                /** Format: date-time */
                                last_seen: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            }[];
                            /** Format: date-time */
                            first_seen: string;
                            /** @description Its MAC is random, as phones use it: it may have another one tomorrow. */
                            has_random_mac: boolean;
                            /** @description False once another device has this address. */
                            holds_ip: boolean;
                            /** @description The name that it reports. */
                            hostname: string | null;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            ip: string;
                            /** @description Whether it is on the blacklist, with an active entry, in any mode. */
                            is_blacklisted: boolean;
                            /** @description Whether an active block applies to it. Whether it gets through is in `access`. */
                            is_blocked: boolean;
                            /** @description Whether another router knows one of its MACs too: the device itself says which (`elsewhere`). */
                            is_elsewhere: boolean;
                            /** @description Nobody has said yet that it is welcome, or not. Until then the rule for new devices holds for it, if there is one. */
                            is_new: boolean;
                            /** @description False also while its router is not connected: see `unknown_since`. */
                            is_online: boolean;
                            /** @description Whether it is the router itself. */
                            is_router: boolean;
                            /** @description Whether it is on the whitelist, in any mode. */
                            is_whitelisted: boolean;
                            /** Format: date-time */
                            last_seen: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            mac: string | null;
                            /** @description All its MACs: its own, and those of the devices merged into it. */
                            macs: string[];
                            manufacturer: string | null;
                            /** @description The devices that a person merged into it. */
                            merged: {
                                /** @description The name that its owner gave it. */
                                device_name: string | null;
                                /** @description The kind of device. NetPilot knows phone, laptop, desktop, tablet, watch, tv, console, camera, printer, speaker, smart_home, server, router and other; any other text is allowed. */
                                device_type: string | null;
                                /** Format: date-time */
                                first_seen: string;
                                /** @description The name that it reports. */
                                hostname: string | null;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                manufacturer: string | null;
                            }[];
                            /** @description Its host name as people would write it, as long as it has no `device_name`; null if the host name is made up, or says nothing. */
                            name_guess: string | null;
                            /**
                             * Format: uuid
                             * @description Who uses it; null: nobody has said.
                             */
                            person_id: string | null;
                            /** @description Where it is, or was last; null if its router does not say. */
                            place: {
                                /** @description Of a Wi-Fi client, in GHz: 2.4, 5, 6 or 60. */
                                band: string | null;
                                /** @description Bit/s that it was last sent with. */
                                down: number | null;
                                /** @description As the router's configuration names it, such as `guest`. */
                                network: string | null;
                                /** @description The router's interface where it is plugged in, or its radio. */
                                port: string | null;
                                /** @description In dBm, as the router hears it. A change of less than 10 is not stored. */
                                signal: number | null;
                                /**
                                 * Format: date-time
                                 * @description Since when it is on this network, port, SSID and band.
                                 */
                                since: string;
                                /** @description The Wi-Fi that it is in; null with a cable. */
                                ssid: string | null;
                                /** @description Bit/s that it last sent with. */
                                up: number | null;
                            } | null;
                            /** @description When it was online, the newest 200 times. */
                            presence: {
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                mac: string | null;
                                /**
                                 * Format: date-time
                                 * @description Null while it is online. A stay ends with the connection of its router.
                                 */
                                offline_at: string | null;
                                /** Format: date-time */
                                online_at: string;
                            }[];
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** @description Of a new device: the known one of its router that it probably is, under another random MAC. `POST …/review` with `same_as` merges it into that one. */
                            same_as: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description Of that device, as people see it. */
                                name: string;
                                reasons: {
                                    /** @enum {unknown} */
                                    code: "random_mac" | "same_name" | "left_before" | "same_network" | "was_blocked" | "had_rules";
                                    /** @description With `same_name` the name; with `same_network` the SSID or network; with `left_before` how many seconds before this one came. */
                                    value: string | null;
                                }[];
                            } | null;
                            /** @description Guessed, as long as it has no `device_type`; null if nothing says what it is. */
                            type_guess: {
                                /** @description The name or the manufacturer that says so; null for `random_mac`. */
                                evidence: string | null;
                                /**
                                 * @description What says so.
                                 * @enum {unknown}
                                 */
                                reason: "device_name" | "hostname" | "manufacturer" | "random_mac";
                                /** @description What it may be, such as `phone`, `watch` or `smart_home`. */
                                type: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description Since when nobody knows whether it is online: its router has not been connected since then. Null while the router is connected.
                             */
                            unknown_since: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/dial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how a router is dialled
         * @description Not found for a router that dials in itself. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Null if it has no address that may be dialled. */
                            host: string | null;
                            /** @description The only host key that is accepted, learned when the router was linked. */
                            host_key: string;
                            port: number | null;
                            /** @description Why the last call failed: `no-address`, `not-allowed`, `unreachable`, `other-host-key`, `key-refused`, `key-sealed`. */
                            problem: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a router says of itself
         * @description Not found until it has said it: an agent before 2.0.0 does not. It says it when it connects, when something of it changes, and every five minutes. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the router started.
                             */
                            booted_at: string;
                            /** @description How the targets answered it (`health_targets` of the router), of the last hour, the latest of each. */
                            health: {
                                /** @description Percent of five packets. */
                                loss: number;
                                /** Format: date-time */
                                measured_at: string;
                                /** @description Milliseconds, on average; null if nothing came back. */
                                round_trip: number | null;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                target: string;
                            }[];
                            /**
                             * @description Whether it has a way to the internet; `none` if another router has that for it, as for an access point.
                             * @enum {unknown}
                             */
                            internet: "up" | "down" | "none";
                            /** @description Processes that wanted to run, on average of the minute before `reported_at`. */
                            load: number;
                            /** @description Bytes. */
                            memory_available: number;
                            /** @description Bytes. */
                            memory_total: number;
                            model: string | null;
                            /**
                             * @description Whether packets are forwarded past the firewall.
                             * @enum {unknown}
                             */
                            offloading: "off" | "software" | "hardware";
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            public_ip4: string | null;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            public_ip6: string | null;
                            /** @description Of OpenWrt, as the router names it. */
                            release: string | null;
                            /** Format: date-time */
                            reported_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how a router and its internet were
         * @description Five-minute steps are kept for 8 days, hours for 60 days. While this service itself is down nobody knows who was away: that does not count as an outage. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    period?: "day" | "week" | "month";
                };
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the series begins.
                             */
                            from: string;
                            /** @description Percent of what was asked; null: nothing was measured. */
                            loss: number | null;
                            /** @description Of a minute or longer, the newest first. Kept for a year. */
                            outages: {
                                /** Format: date-time */
                                from: string;
                                /**
                                 * @description `away`: it was not connected, its line was dead or it was off. `internet_down`: it was connected, but none of its targets answered.
                                 * @enum {unknown}
                                 */
                                kind: "away" | "internet_down";
                                /**
                                 * Format: date-time
                                 * @description Null: it is so now.
                                 */
                                until: string | null;
                            }[];
                            /** @enum {unknown} */
                            period: "day" | "week" | "month";
                            /** @description Milliseconds until its targets answered, on average of the last five minutes; null: none did. */
                            round_trip: number | null;
                            /** @description Every step of the period: of five minutes for a day, half an hour for a week, two hours for a month. */
                            series: {
                                /**
                                 * Format: date-time
                                 * @description When the step begins.
                                 */
                                at: string;
                                /** @description Percent; null: nothing was measured. */
                                loss: number | null;
                                /** @description Milliseconds, on average. */
                                round_trip: number | null;
                                /** @description Of the slowest measurement. */
                                worst: number | null;
                            }[];
                            /** @description The part of the period without outages, from 0 to 1, as far back as anything is known; null: nothing is. */
                            share_up: number | null;
                            /**
                             * Format: date-time
                             * @description `away`: when it was last connected.
                             */
                            since: string | null;
                            /**
                             * @description `away`: not connected. Its line is dead or it is off: nobody can tell from here. `internet_down`: connected, but none of its targets has answered twice in a row. `unknown`: connected, but it measures nothing; or never connected, or unlinked.
                             * @enum {unknown}
                             */
                            state: "ok" | "internet_down" | "away" | "unknown";
                            /** @description Seconds that each step of the series has. */
                            step: number;
                            /**
                             * Format: date-time
                             * @description Now.
                             */
                            until: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a router's policy
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the router last confirmed a revision.
                             */
                            applied_at: string | null;
                            applied_revision: number;
                            /** @description For devices that are not on the blacklist, in bits per second. Null: unlimited. */
                            blacklist_full_rate: number | null;
                            /** @description For devices on the blacklist, in bits per second. 0: no traffic at all; null: unlimited. */
                            blacklist_limit_rate: number | null;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /**
                             * @description `none`: only blocks apply. `whitelist`: devices that are not on the whitelist get whitelist_limit_rate. `blacklist`: devices on the blacklist get blacklist_limit_rate. Blocks apply in every mode.
                             * @enum {unknown}
                             */
                            mode: "none" | "whitelist" | "blacklist";
                            policy_revision: number;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description For devices on the whitelist, in bits per second. Null: unlimited. */
                            whitelist_full_rate: number | null;
                            /** @description For devices that are not on the whitelist, in bits per second. 0: no traffic at all; null: unlimited. */
                            whitelist_limit_rate: number | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Set mode and rates
         * @description Applies to all devices of the router, once the router confirms: see `delivery`. A request that changes nothing does not raise the policy's revision. For the role `admin` and above.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description For devices that are not on the blacklist, in bits per second. Null: unlimited. */
                        blacklist_full_rate: number | null;
                        /** @description For devices on the blacklist, in bits per second. 0: no traffic at all; null: unlimited. */
                        blacklist_limit_rate: number | null;
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /**
                         * @description `none`: only blocks apply. `whitelist`: devices that are not on the whitelist get whitelist_limit_rate. `blacklist`: devices on the blacklist get blacklist_limit_rate. Blocks apply in every mode.
                         * @enum {unknown}
                         */
                        mode: "none" | "whitelist" | "blacklist";
                        /** @description For devices on the whitelist, in bits per second. Null: unlimited. */
                        whitelist_full_rate: number | null;
                        /** @description For devices that are not on the whitelist, in bits per second. 0: no traffic at all; null: unlimited. */
                        whitelist_limit_rate: number | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the router last confirmed a revision.
                             */
                            applied_at: string | null;
                            applied_revision: number;
                            /** @description For devices that are not on the blacklist, in bits per second. Null: unlimited. */
                            blacklist_full_rate: number | null;
                            /** @description For devices on the blacklist, in bits per second. 0: no traffic at all; null: unlimited. */
                            blacklist_limit_rate: number | null;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /**
                             * @description `none`: only blocks apply. `whitelist`: devices that are not on the whitelist get whitelist_limit_rate. `blacklist`: devices on the blacklist get blacklist_limit_rate. Blocks apply in every mode.
                             * @enum {unknown}
                             */
                            mode: "none" | "whitelist" | "blacklist";
                            policy_revision: number;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description For devices on the whitelist, in bits per second. Null: unlimited. */
                            whitelist_full_rate: number | null;
                            /** @description For devices that are not on the whitelist, in bits per second. 0: no traffic at all; null: unlimited. */
                            whitelist_limit_rate: number | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the mode, or some of the rates
         * @description Like PUT; fields that are absent do not change. For the role `admin` and above.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description For devices that are not on the blacklist, in bits per second. Null: unlimited. */
                        blacklist_full_rate?: number | null;
                        /** @description For devices on the blacklist, in bits per second. 0: no traffic at all; null: unlimited. */
                        blacklist_limit_rate?: number | null;
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        /**
                         * @description `none`: only blocks apply. `whitelist`: devices that are not on the whitelist get whitelist_limit_rate. `blacklist`: devices on the blacklist get blacklist_limit_rate. Blocks apply in every mode.
                         * @enum {unknown}
                         */
                        mode?: "none" | "whitelist" | "blacklist";
                        /** @description For devices on the whitelist, in bits per second. Null: unlimited. */
                        whitelist_full_rate?: number | null;
                        /** @description For devices that are not on the whitelist, in bits per second. 0: no traffic at all; null: unlimited. */
                        whitelist_limit_rate?: number | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the router last confirmed a revision.
                             */
                            applied_at: string | null;
                            applied_revision: number;
                            /** @description For devices that are not on the blacklist, in bits per second. Null: unlimited. */
                            blacklist_full_rate: number | null;
                            /** @description For devices on the blacklist, in bits per second. 0: no traffic at all; null: unlimited. */
                            blacklist_limit_rate: number | null;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /**
                             * @description `none`: only blocks apply. `whitelist`: devices that are not on the whitelist get whitelist_limit_rate. `blacklist`: devices on the blacklist get blacklist_limit_rate. Blocks apply in every mode.
                             * @enum {unknown}
                             */
                            mode: "none" | "whitelist" | "blacklist";
                            policy_revision: number;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description For devices on the whitelist, in bits per second. Null: unlimited. */
                            whitelist_full_rate: number | null;
                            /** @description For devices that are not on the whitelist, in bits per second. 0: no traffic at all; null: unlimited. */
                            whitelist_limit_rate: number | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/routers/{router_id}/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a router replace another one
         * @description The router in the path, which is linked, takes over the devices of the other one with their names and history, its lists, blocks, rules, home, name, settings and tokens, all in one; the other one is unlinked. A device that both know is the one that the old router knew; an entry that the new one has for it stays. The blocks hold on the new router as soon as it confirms: see `delivery`. For the home's owner. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The router that is replaced. */
                        replaces: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            /** @description The router that is unlinked now. */
                            replaced: string;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Scan a router for devices now
         * @description The router reports every device that it knows; they are in its list of devices once `scanned_at` has changed, which the event `router.scanned` reports. While a scan is wanted, asking again changes nothing. Refused (409) while the router is not connected: it is scanned when it connects. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What its agent can do that not every agent can: some of `chunks`, `partial`, `time`, `rates`, `networks`, `counts`, `places`, `router`, `health`, `usage`, `wake`, `update`, `redial`, `move`. Null until it connects. */
                            agent_features: string[] | null;
                            /** @description What the agent that comes with this NetPilot can do, and this one cannot. */
                            agent_lacks: ("chunks" | "partial" | "time" | "rates" | "networks" | "counts" | "places" | "router" | "health" | "usage" | "wake" | "update" | "redial" | "move")[];
                            /** @description The version that its agent reports. */
                            agent_version: string | null;
                            /** @description Whether it knows the time: `trusted`; `held`: not since its start, and what held by time then holds; `repeated`: it does, but has heard nothing for so long that the last week of its rules repeats. Null if it does not say. */
                            clock: string | null;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            cloud_vm_ip: string | null;
                            /**
                             * Format: date-time
                             * @description When it last connected.
                             */
                            connected_at: string | null;
                            /** @description How often it has connected since `connections_since`. */
                            connections: number;
                            /**
                             * Format: date-time
                             * @description Counted from then on, for an hour; null until it connects.
                             */
                            connections_since: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** @description Whether that is another one than when it was linked. */
                            has_other_lan_mac: boolean;
                            /** @description Whether it is there, and whether it has the internet. */
                            health: {
                                /** @description Percent of what was asked; null: nothing was measured. */
                                loss: number | null;
                                /** @description Milliseconds until its targets answered, on average of the last five minutes; null: none did. */
                                round_trip: number | null;
                                /**
                                 * Format: date-time
                                 * @description `away`: when it was last connected.
                                 */
                                since: string | null;
                                /**
                                 * @description `away`: not connected. Its line is dead or it is off: nobody can tell from here. `internet_down`: connected, but none of its targets has answered twice in a row. `unknown`: connected, but it measures nothing; or never connected, or unlinked.
                                 * @enum {unknown}
                                 */
                                state: "ok" | "internet_down" | "away" | "unknown";
                            };
                            /** @description Which addresses it asks each minute, in turn, how well the internet answers; null: 1.1.1.1 and 9.9.9.9; empty: none. */
                            health_targets: string[] | null;
                            /** Format: uuid */
                            home_id: string;
                            /** @description False once it is unlinked. */
                            is_active: boolean;
                            /** @description Whether a newer agent comes with this NetPilot: linking the router again installs it. Null until it connects. */
                            is_agent_old: boolean | null;
                            is_connected: boolean;
                            /** @description Whether it has connected again and again within the past hour: its line fails, or something else connects with its key. */
                            is_flapping: boolean;
                            /**
                             * Format: mac
                             * @description Of its LAN, as it said when it last connected.
                             */
                            lan_mac: string | null;
                            /**
                             * Format: date-time
                             * @description When it was last seen connected; while it is connected, up to 15 minutes ago.
                             */
                            last_seen: string | null;
                            /** @description How it limits rates: with `nft`, the firewall, or `tc`, a shaper. */
                            limiter: string | null;
                            /** @description Two boxes connect with the key of this router, and take turns: the other one, as it was last seen within the past hour. */
                            rival: {
                                /**
                                 * Format: mac
                                 * @description Of the other box.
                                 */
                                lan_mac: string;
                                /** Format: date-time */
                                seen_at: string;
                            } | null;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            router_ip: string | null;
                            router_name: string | null;
                            /** @description Other routers whose LAN has the same MAC: they may be mixed up. */
                            same_lan_mac: string[];
                            /**
                             * Format: date-time
                             * @description When somebody asked for the scan that is under way; null if nobody waits for one.
                             */
                            scan_wanted_at: string | null;
                            /**
                             * Format: date-time
                             * @description When all its devices were last read.
                             */
                            scanned_at: string | null;
                            tunnel_port: number | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the settings of a router
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                created_at: string;
                                /** @description Lower case, such as `whitelist_limit_rate`. */
                                setting_key: string;
                                /** @description Any JSON value. */
                                setting_value: unknown;
                                /** Format: date-time */
                                updated_at: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/settings/{setting_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a setting of a router
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                    /** @description Lower case, such as `whitelist_limit_rate`. */
                    setting_key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** @description Lower case, such as `whitelist_limit_rate`. */
                            setting_key: string;
                            /** @description Any JSON value. */
                            setting_value: unknown;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Set a setting of a router
         * @description For the role `admin` and above.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                    /** @description Lower case, such as `whitelist_limit_rate`. */
                    setting_key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Any JSON value. */
                        setting_value: unknown;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** @description Lower case, such as `whitelist_limit_rate`. */
                            setting_key: string;
                            /** @description Any JSON value. */
                            setting_value: unknown;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Delete a setting of a router
         * @description For the role `admin` and above.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                    /** @description Lower case, such as `whitelist_limit_rate`. */
                    setting_key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/unlink": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlink a router
         * @description Its key no longer works, and the router restores its network as it was before NetPilot: at once if it is connected, else when it next dials in. Its devices, policy and history stay; linked again, it is the same router. For the home's owner. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What its agent can do that not every agent can: some of `chunks`, `partial`, `time`, `rates`, `networks`, `counts`, `places`, `router`, `health`, `usage`, `wake`, `update`, `redial`, `move`. Null until it connects. */
                            agent_features: string[] | null;
                            /** @description What the agent that comes with this NetPilot can do, and this one cannot. */
                            agent_lacks: ("chunks" | "partial" | "time" | "rates" | "networks" | "counts" | "places" | "router" | "health" | "usage" | "wake" | "update" | "redial" | "move")[];
                            /** @description The version that its agent reports. */
                            agent_version: string | null;
                            /** @description Whether it knows the time: `trusted`; `held`: not since its start, and what held by time then holds; `repeated`: it does, but has heard nothing for so long that the last week of its rules repeats. Null if it does not say. */
                            clock: string | null;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            cloud_vm_ip: string | null;
                            /**
                             * Format: date-time
                             * @description When it last connected.
                             */
                            connected_at: string | null;
                            /** @description How often it has connected since `connections_since`. */
                            connections: number;
                            /**
                             * Format: date-time
                             * @description Counted from then on, for an hour; null until it connects.
                             */
                            connections_since: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** @description Whether that is another one than when it was linked. */
                            has_other_lan_mac: boolean;
                            /** @description Whether it is there, and whether it has the internet. */
                            health: {
                                /** @description Percent of what was asked; null: nothing was measured. */
                                loss: number | null;
                                /** @description Milliseconds until its targets answered, on average of the last five minutes; null: none did. */
                                round_trip: number | null;
                                /**
                                 * Format: date-time
                                 * @description `away`: when it was last connected.
                                 */
                                since: string | null;
                                /**
                                 * @description `away`: not connected. Its line is dead or it is off: nobody can tell from here. `internet_down`: connected, but none of its targets has answered twice in a row. `unknown`: connected, but it measures nothing; or never connected, or unlinked.
                                 * @enum {unknown}
                                 */
                                state: "ok" | "internet_down" | "away" | "unknown";
                            };
                            /** @description Which addresses it asks each minute, in turn, how well the internet answers; null: 1.1.1.1 and 9.9.9.9; empty: none. */
                            health_targets: string[] | null;
                            /** Format: uuid */
                            home_id: string;
                            /** @description False once it is unlinked. */
                            is_active: boolean;
                            /** @description Whether a newer agent comes with this NetPilot: linking the router again installs it. Null until it connects. */
                            is_agent_old: boolean | null;
                            is_connected: boolean;
                            /** @description Whether it has connected again and again within the past hour: its line fails, or something else connects with its key. */
                            is_flapping: boolean;
                            /**
                             * Format: mac
                             * @description Of its LAN, as it said when it last connected.
                             */
                            lan_mac: string | null;
                            /**
                             * Format: date-time
                             * @description When it was last seen connected; while it is connected, up to 15 minutes ago.
                             */
                            last_seen: string | null;
                            /** @description How it limits rates: with `nft`, the firewall, or `tc`, a shaper. */
                            limiter: string | null;
                            /** @description Two boxes connect with the key of this router, and take turns: the other one, as it was last seen within the past hour. */
                            rival: {
                                /**
                                 * Format: mac
                                 * @description Of the other box.
                                 */
                                lan_mac: string;
                                /** Format: date-time */
                                seen_at: string;
                            } | null;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /**
                             * Format: ip
                             * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                             */
                            router_ip: string | null;
                            router_name: string | null;
                            /** @description Other routers whose LAN has the same MAC: they may be mixed up. */
                            same_lan_mac: string[];
                            /**
                             * Format: date-time
                             * @description When somebody asked for the scan that is under way; null if nobody waits for one.
                             */
                            scan_wanted_at: string | null;
                            /**
                             * Format: date-time
                             * @description When all its devices were last read.
                             */
                            scanned_at: string | null;
                            tunnel_port: number | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get whether there is a newer agent for a router
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the router has. */
                            agent_version: string | null;
                            /** @description Whether its owner has allowed updates on the router: `netpilot-agent updates on`. */
                            is_allowed: boolean;
                            /** @description Whether that is later than what the router has. */
                            is_newer: boolean;
                            /** @description What this server has for routers; null if it has nothing that the release key has signed. */
                            offered_version: string | null;
                            /** @description How far that has come: `wanted`, `sending`, `trying` (the router runs it on trial). Or why the router has kept its agent: `interrupted`, `put-back` (the new one did not connect within two minutes), `not-here` (the server has another one by now), `incomplete`, `not-allowed`, `signature`, `version`, `broken`, `storage`. Null once it has it. */
                            update_state: string | null;
                            /** @description What was asked for. */
                            update_version: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Update a router's agent
         * @description The router gets the newer agent of this server: only if its owner has allowed that on the router, and only one that is signed with the release key, which the router checks. It keeps its rules in the meantime, and its agent if the new one does not connect within two minutes. Refused (409) if there is nothing newer, the router is not connected, or its owner has not allowed it. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the router has. */
                            agent_version: string | null;
                            /** @description Whether its owner has allowed updates on the router: `netpilot-agent updates on`. */
                            is_allowed: boolean;
                            /** @description Whether that is later than what the router has. */
                            is_newer: boolean;
                            /** @description What this server has for routers; null if it has nothing that the release key has signed. */
                            offered_version: string | null;
                            /** @description How far that has come: `wanted`, `sending`, `trying` (the router runs it on trial). Or why the router has kept its agent: `interrupted`, `put-back` (the new one did not connect within two minutes), `not-here` (the server has another one by now), `incomplete`, `not-allowed`, `signature`, `version`, `broken`, `storage`. Null once it has it. */
                            update_state: string | null;
                            /** @description What was asked for. */
                            update_version: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what the devices of a router used in its latest sample
         * @description Not found until there is one. What stays within the home is not counted. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description `partly`: the router offloads flows past what counts them.
                             * @enum {unknown}
                             */
                            counting: "counted" | "partly";
                            /** @description Those that used something. */
                            devices: {
                                /** Format: uuid */
                                device_id: string;
                                /** @description Bytes received from the internet. */
                                down: number;
                                /** @description Bytes sent there. */
                                up: number;
                            }[];
                            /** @description Another router has the way to the internet: that one counts the same bytes. */
                            is_access_point: boolean;
                            /**
                             * Format: date-time
                             * @description When the sample ended.
                             */
                            measured_at: string;
                            /** @description How long it is: a minute, or 2 s while watched. */
                            milliseconds: number;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/usage/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a router measure what devices use each 2 s, for a minute
         * @description Ask again to go on. Refused (409) if the router is not connected or cannot. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            usage_wanted_until: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/whitelist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a router's whitelist, newest first
         * @description In mode `whitelist`, devices on it have the full rate, and all others the limit rate. For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `next_cursor` of the previous page. */
                    cursor?: string;
                    /** @description The most items to return. */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                added_at: string;
                                description: string | null;
                                /**
                                 * Format: uuid
                                 * @description Null if no such device is known.
                                 */
                                device_id: string | null;
                                /**
                                 * Format: ip
                                 * @description Its address then; 0.0.0.0 if it was not known.
                                 */
                                device_ip: string;
                                /**
                                 * Format: mac
                                 * @description Such as 9a:8d:bc:e0:52:41.
                                 */
                                device_mac: string | null;
                                device_name: string | null;
                                /** Format: uuid */
                                id: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** Format: date-time */
                                updated_at: string;
                            }[];
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Add a device to the whitelist
         * @description In mode `whitelist`, devices on it have the full rate, and all others the limit rate. The entry applies to the device's MAC, whatever address it gets later; to its address if no MAC is known. A device that is already on it is a conflict that names the entry. For the role `admin` and above.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        description?: string | null;
                        /**
                         * Format: uuid
                         * @description A device of the router. Its address and MAC are used.
                         */
                        device_id?: string;
                        /**
                         * Format: ip
                         * @description Instead of device_id: the device that has this address, if there is one.
                         */
                        device_ip?: string;
                        /**
                         * Format: mac
                         * @description Instead of device_id. It is enough, even if the device was never seen.
                         */
                        device_mac?: string;
                        device_name?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            added_at: string;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            description: string | null;
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            device_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routers/{router_id}/whitelist/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an entry of the whitelist
         * @description For the role `viewer` and above.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            added_at: string;
                            description: string | null;
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            device_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Remove a device from the whitelist
         * @description It is then treated like every device that is not on it. For the role `admin` and above.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                    confirm?: boolean;
                };
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change an entry of the whitelist
         * @description Names and descriptions are only for people: nothing changes for the device. For the role `admin` and above.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    /** @description The id chosen by the router's agent. */
                    router_id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Must be true if this cuts off the device that sends the request, now or later. Without it such a change is a conflict that names `confirm`. */
                        confirm?: boolean;
                        description?: string | null;
                        device_name?: string | null;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            added_at: string;
                            delivery: {
                                /** @description The revision that the router has confirmed. */
                                applied_revision: number;
                                /** @description The current revision of the policy. */
                                policy_revision: number;
                                /** @description Why it is not applied. */
                                reason?: string;
                                /**
                                 * @description The same as a code, for programs and translations.
                                 * @enum {unknown}
                                 */
                                reason_code?: "unlinked" | "never_connected" | "offline" | "away" | "unconfirmed" | "partial" | "refused_incomplete" | "refused_invalid" | "refused_nft" | "refused_storage" | "refused_too_long" | "refused";
                                /** @description What does not hold of the revision that the router has confirmed: the first 100. */
                                refused?: {
                                    /** @description The MAC or address that the router does not take. */
                                    address: string;
                                    /**
                                     * Format: uuid
                                     * @description The device that has it, if it is known.
                                     */
                                    device_id: string | null;
                                    reason: string;
                                    /**
                                     * @description `address`: its agent does not take it for an address. `nft`: its firewall does not accept it. `agent`: its agent is too old for it. `other`: the reason says it.
                                     * @enum {unknown}
                                     */
                                    reason_code: "address" | "nft" | "agent" | "other";
                                    /** @description What it would have done: `block`, `list` for the list of the mode, `rate` for rates of the device's own. */
                                    rule: string;
                                }[];
                                /**
                                 * @description `applied` while the router is connected and has confirmed this revision or a later one; `partial` if it has, but for what `refused` lists, which does not hold. `unknown` once it has disconnected: it keeps to what it confirmed as far as it can, but nobody can say. Else `pending`.
                                 * @enum {unknown}
                                 */
                                state: "applied" | "partial" | "pending" | "unknown";
                                /**
                                 * Format: date-time
                                 * @description When the router was last connected, if the state is unknown.
                                 */
                                unknown_since?: string;
                            };
                            description: string | null;
                            /**
                             * Format: uuid
                             * @description Null if no such device is known.
                             */
                            device_id: string | null;
                            /**
                             * Format: ip
                             * @description Its address then; 0.0.0.0 if it was not known.
                             */
                            device_ip: string;
                            /**
                             * Format: mac
                             * @description Such as 9a:8d:bc:e0:52:41.
                             */
                            device_mac: string | null;
                            device_name: string | null;
                            /** Format: uuid */
                            id: string;
                            /** @description The id chosen by the router's agent. */
                            router_id: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your sessions, the last used first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /**
                                 * Format: date-time
                                 * @description When the person last proved who they are; null if the issuer does not say.
                                 */
                                authenticated_at: string | null;
                                /** Format: date-time */
                                created_at: string;
                                /** @description Such as "Firefox on Linux", from `user_agent`. */
                                device: string;
                                /**
                                 * Format: date-time
                                 * @description 24 hours after it was last used, at most 7 days after created_at.
                                 */
                                expires_at: string;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: ip
                                 * @description An IPv4 or IPv6 address. Taken in every spelling, and given in one: `::ffff:192.0.2.1` is 192.0.2.1, `FE80::0:1%eth0` is fe80::1.
                                 */
                                ip_address: string | null;
                                /** @description Whether this request came with it. */
                                is_current: boolean;
                                /** @description Whether that is less than 10 minutes ago, as some requests need. */
                                is_fresh: boolean;
                                /**
                                 * Format: date-time
                                 * @description Within five minutes.
                                 */
                                last_used_at: string;
                                user_agent: string | null;
                            }[];
                            /** @description Where a browser signs in again (add `return_to`); null if people sign in by the local link. */
                            sign_in_url: string | null;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session, which may be the current one */
        delete: {
            parameters: {
                query?: {
                    /** @description Whether the API tokens that were created in it end too. A token outlives its session if it is kept. */
                    tokens?: "end" | "keep";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/end-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all other sessions, and all other API tokens */
        post: {
            parameters: {
                query?: {
                    /** @description Whether all API tokens but the one that asks end too. A token outlives its session if it is kept. */
                    tokens?: "end" | "keep";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description How many sessions. */
                            ended: number;
                            /** @description How many API tokens. */
                            ended_tokens: number;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the settings of the user */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                created_at: string;
                                /** @description Lower case, such as `whitelist_limit_rate`. */
                                setting_key: string;
                                /** @description Any JSON value. */
                                setting_value: unknown;
                                /** Format: date-time */
                                updated_at: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{setting_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a setting of the user */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Lower case, such as `whitelist_limit_rate`. */
                    setting_key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** @description Lower case, such as `whitelist_limit_rate`. */
                            setting_key: string;
                            /** @description Any JSON value. */
                            setting_value: unknown;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Set a setting of the user */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Lower case, such as `whitelist_limit_rate`. */
                    setting_key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Any JSON value. */
                        setting_value: unknown;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** @description Lower case, such as `whitelist_limit_rate`. */
                            setting_key: string;
                            /** @description Any JSON value. */
                            setting_value: unknown;
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Delete a setting of the user */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Lower case, such as `whitelist_limit_rate`. */
                    setting_key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a one-time link that signs you in on another device
         * @description It works once, for 10 minutes, and only if no issuer is configured. An API token cannot create one. An `Idempotency-Key` has no effect here: the response would have to be stored, and the link is not stored. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description 10 minutes from now.
                             */
                            expires_at: string;
                            /** @description Whether it works only on the machine on which NetPilot runs. */
                            is_loopback: boolean;
                            /** @description Shown only now; the database stores a hash. */
                            sign_in_link: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your API tokens, newest first */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** Format: date-time */
                                created_at: string;
                                /** @description Public name of the session that created it, as in the audit. */
                                created_by: string | null;
                                /** @description The device of that session, such as "Firefox on Linux", while it is known. */
                                created_on: string | null;
                                /** Format: date-time */
                                expires_at: string;
                                /** Format: uuid */
                                id: string;
                                /**
                                 * Format: date-time
                                 * @description Within five minutes.
                                 */
                                last_used_at: string;
                                /** @description The one router that it may reach; null: all. */
                                router_id: string | null;
                                /** @description What it may do. */
                                scopes: ("read" | "control" | "manage" | "account")[];
                                token_name: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Create an API token
         * @description A program sends it as `Authorization: Bearer …`, and may do what its scopes allow; each route needs one of them, and answers 403 without it. No token can create tokens. An `Idempotency-Key` has no effect here: the response would have to be stored, and the token is not stored. In a browser it needs a sign-in of the last 10 minutes: without, 403 with the type `/problems/sign-in-too-old` says where to sign in again. A token needs only the scope.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description How long it works; default: 90. */
                        days?: number;
                        /** @description The one router that it may reach; default: all. Not together with `account`. It ends when that router is deleted. */
                        router_id?: string;
                        /** @description What it may do; default: `read`, which is part of each of the others. `control`: mode, rates, lists, blocks, scans. `manage`: routers, names, merged devices. `account`: settings, sessions, tokens, export, import, deletion. */
                        scopes?: ("read" | "control" | "manage" | "account")[];
                        token_name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** @description Public name of the session that created it, as in the audit. */
                            created_by: string | null;
                            /** @description The device of that session, such as "Firefox on Linux", while it is known. */
                            created_on: string | null;
                            /** Format: date-time */
                            expires_at: string;
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: date-time
                             * @description Within five minutes.
                             */
                            last_used_at: string;
                            /** @description The one router that it may reach; null: all. */
                            router_id: string | null;
                            /** @description What it may do. */
                            scopes: ("read" | "control" | "manage" | "account")[];
                            /** @description Shown only now; the database stores a hash. `np_`, with several cells the number of one and `_`, 43 characters, and 6 of a checksum. */
                            token: string;
                            token_name: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an API token, at once */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/own": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the API token that asks
         * @description So that a program knows what it may do, and until when. What its user may do in a home is the `role` there. 404 without a token.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            expires_at: string;
                            /** Format: uuid */
                            id: string;
                            /** @description The one router that it may reach; null: all. */
                            router_id: string | null;
                            /** @description What it may do. */
                            scopes: ("read" | "control" | "manage" | "account")[];
                            token_name: string;
                        };
                    };
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Finish a sign-in: the issuer redirects here */
        get: {
            parameters: {
                query: {
                    state: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/local": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign in with the one-time link that is printed at the start, if no issuer is configured */
        get: {
            parameters: {
                query: {
                    token: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Start a sign-in: redirects to the issuer */
        get: {
            parameters: {
                query?: {
                    /** @description Ask the person again who they are, for what needs a new sign-in. It must be the same person as before. */
                    fresh?: boolean;
                    /** @description The path of this site to return to. */
                    return_to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out: ends the session, or the token, that the request comes with */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/install.sh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The program that the install line runs */
        get: {
            parameters: {
                query?: {
                    /** @description SHA-256 of the line's code, in base64url, after the cell that the code names. */
                    code?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description Default Response */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ready";
                        };
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "access.answered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody who asked for more time has an answer; only they are told
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            /**
                             * @description What it is.
                             * @enum {unknown}
                             */
                            answer: "granted" | "refused";
                            /**
                             * @description How many of their devices have internet now; null: it was refused.
                             * @enum {string|null}
                             */
                            effect: "all" | "some" | "none" | null;
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            minutes: number;
                            person: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "access.answered";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "access.asked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody asks for more time
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            message: string | null;
                            minutes: number;
                            person: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "access.asked";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "device.came": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A device that the person watches has come
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            device: {
                                has_random_mac: boolean;
                                /** Format: uuid */
                                id: string;
                                mac: string | null;
                                manufacturer: string | null;
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** @description The known device that it probably is, under another MAC. */
                                same_as: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                } | null;
                            };
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            router: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            /**
                             * Format: date-time
                             * @description When it began.
                             */
                            since: string;
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "device.came";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "device.left": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A device that the person watches has been gone for ten minutes
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            device: {
                                has_random_mac: boolean;
                                /** Format: uuid */
                                id: string;
                                mac: string | null;
                                manufacturer: string | null;
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** @description The known device that it probably is, under another MAC. */
                                same_as: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                } | null;
                            };
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            router: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            /**
                             * Format: date-time
                             * @description When it began.
                             */
                            since: string;
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "device.left";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "device.new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A device is in the home for the first time
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            count?: number;
                            device?: {
                                has_random_mac: boolean;
                                /** Format: uuid */
                                id: string;
                                mac: string | null;
                                manufacturer: string | null;
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** @description The known device that it probably is, under another MAC. */
                                same_as: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                } | null;
                            };
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            names?: string[];
                            router?: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "device.new";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "device.quarantined": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new device has no internet until somebody allows it
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            count?: number;
                            device?: {
                                has_random_mac: boolean;
                                /** Format: uuid */
                                id: string;
                                mac: string | null;
                                manufacturer: string | null;
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                                /** @description The known device that it probably is, under another MAC. */
                                same_as: {
                                    /** Format: uuid */
                                    id: string;
                                    name: string;
                                } | null;
                            };
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            names?: string[];
                            router?: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "device.quarantined";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "digest.quiet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What was held in quiet hours, when there was more than one alert
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            alerts: {
                                /** @description As the alert would have had it, without its texts. */
                                data: Record<string, never>;
                                /**
                                 * Format: date-time
                                 * @description When it happened.
                                 */
                                timestamp: string;
                                /** @description As the alert would have had it. */
                                type: string;
                            }[];
                            count: number;
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "digest.quiet";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "digest.weekly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What happened at home in the last seven days
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                            week: {
                                blocked: {
                                    count: number;
                                    names: string[];
                                };
                                /** Format: date-time */
                                from: string;
                                /** @description The three people, and devices of nobody, that used most. */
                                most_used: {
                                    bytes: number;
                                    name: string;
                                }[];
                                new_devices: {
                                    count: number;
                                    names: string[];
                                };
                                outages: {
                                    away: {
                                        count: number;
                                        seconds: number;
                                    };
                                    internet_down: {
                                        count: number;
                                        seconds: number;
                                    };
                                };
                                /** Format: date-time */
                                until: string;
                            };
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "digest.weekly";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "internet.offline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Nothing on the internet has answered a router that is connected for five minutes
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            router: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            /**
                             * Format: date-time
                             * @description When it began.
                             */
                            since: string;
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "internet.offline";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "internet.online": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The internet answers a router again
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            router: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            /** @description How long it has lasted. */
                            seconds: number;
                            /**
                             * Format: date-time
                             * @description When it began.
                             */
                            since: string;
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "internet.online";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "policy.waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A router that is connected has not applied a change for ten minutes
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            router: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            /** @description How long it has lasted. */
                            seconds: number;
                            /**
                             * Format: date-time
                             * @description When it began.
                             */
                            since: string;
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "policy.waiting";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "router.offline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A router has not been connected for five minutes
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            router: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            /**
                             * Format: date-time
                             * @description When it began.
                             */
                            since: string;
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "router.offline";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "router.online": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A router that was away is connected again
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            router: {
                                name: string;
                                /** @description The id chosen by the router's agent. */
                                router_id: string;
                            };
                            /** @description How long it has lasted. */
                            seconds: number;
                            /**
                             * Format: date-time
                             * @description When it began.
                             */
                            since: string;
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "router.online";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody tests the channel
         * @description Sent by POST, signed as Standard Webhooks say: `webhook-id` (the same if it is sent again), `webhook-timestamp` and `webhook-signature`. Any 2xx takes it; 410 ends the channel; with anything else it is sent again for three days.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        data: {
                            home: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                            text: string;
                            title: string;
                            /** @description The page that shows more. */
                            url: string;
                        };
                        /**
                         * Format: date-time
                         * @description When it happened.
                         */
                        timestamp: string;
                        /** @constant */
                        type: "test";
                    };
                };
            };
            responses: {
                /** @description It was taken. */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        Event: {
            /** Format: date-time */
            at: string;
            /** @description Any JSON value. */
            data: unknown;
            /** @description Its number among the events of the home's owner: 1, 2, 3 and so on. Also the message's `id`. */
            number: number;
            /** @description The id chosen by the router's agent. */
            router_id: string | null;
            /** @description Id of what it happened to. */
            subject_id: string | null;
            /**
             * @description The action, for what the audit records too. `policy.pending`: a router has a new policy to apply.
             * @enum {string}
             */
            type: "access.answered" | "access.asked" | "alert_channel.changed" | "alert_channel.created" | "alert_channel.deleted" | "alert_preferences.changed" | "blacklist.added" | "blacklist.changed" | "blacklist.removed" | "block.ended" | "block.started" | "device.changed" | "device.deleted" | "device.discovered" | "device.merged" | "device.recognised" | "device.reviewed" | "device.unmerged" | "device.wake_requested" | "home.changed" | "home.created" | "home.deleted" | "import.finished" | "invitation.withdrawn" | "member.changed" | "member.invited" | "member.joined" | "member.removed" | "person.changed" | "person.created" | "person.deleted" | "policy.changed" | "router.changed" | "router.crowded" | "router.deleted" | "router.drift_mended" | "router.key_shared" | "router.lan_changed" | "router.lan_mac_shared" | "router.linked" | "router.replaced" | "router.scan_requested" | "router.unlinked" | "router.update_requested" | "rule.changed" | "rule.created" | "rule.deleted" | "session.ended" | "session.started" | "setting.changed" | "setting.deleted" | "token.created" | "token.ended" | "user.activated" | "user.changed" | "user.created" | "user.deactivated" | "user.linked" | "whitelist.added" | "whitelist.changed" | "whitelist.removed" | "device.moved" | "device.offline" | "device.online" | "device.placed" | "policy.applied" | "policy.pending" | "policy.refused" | "router.clock_changed" | "router.connected" | "router.disconnected" | "router.internet_down" | "router.internet_up" | "router.scanned";
        };
        Problem: {
            /** @description Of a block that several devices share a MAC with: each address behind it, and the device that was seen there with a MAC of its own. */
            behind?: {
                device_id: string | null;
                ip: string;
                name: string | null;
            }[];
            /** @description With 429: what there are too many of, such as `imports`. */
            busy?: string;
            detail?: string;
            errors?: {
                expected: string;
                field: string;
                value?: unknown;
            }[];
            /** @description Of that quota. */
            limit?: number;
            /** @description With `quota-exceeded`: which one, as docs/quotas.md names it. */
            quota?: string;
            /** @description Quote this when you ask for help. */
            request_id?: string;
            /** @description Of `/problems/sign-in-too-old`: where a browser signs in again (add `return_to`). Absent if people sign in by the local link. */
            sign_in_url?: string;
            status: number;
            title: string;
            /** @description The kind of problem: `/problems/` and a name that does not change. */
            type: string;
            /** @description Of that quota, now. */
            used?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
