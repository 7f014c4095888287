/** How to reach one PostgreSQL database as one login. */
export type DatabaseAddress = {
  /** Host name, address, or the folder of a Unix socket. */
  host: string;
  port: number;
  database: string;
  user: string;
  password?: string;
  ssl?: boolean | { rejectUnauthorized: boolean };
};

/**
 * The two ways into one database. `admin` may create roles and become the owner: migrations, backup
 * and the operator's commands. `service` becomes `netpilot_service` and can do nothing across tenants.
 */
export type DatabaseAddresses = { admin: DatabaseAddress; service: DatabaseAddress };

/** Owns the tables. Nobody logs in as it; migrations become it. */
export const OWNER_ROLE = 'netpilot_owner';

/** What the program works as: owns nothing, bypasses nothing. */
export const SERVICE_ROLE = 'netpilot_service';
