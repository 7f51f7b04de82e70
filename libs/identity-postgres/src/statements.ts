const USER = `user_id as "userId", email, created_at as "createdAt", password_hash as "passwordHash",
  totp_sealed as "sealed", totp_data_key_id as "dataKeyId", totp_confirmed as "confirmed"`;
const SESSION = `token_hash as "tokenHash", user_id as "userId", method, opened_at as "openedAt",
  seen_at as "seenAt", idle_ends_at as "idleEndsAt", ends_at as "endsAt",
  second_factor_pending as "secondFactorPending", browser, network`;
const LINK = `token_hash as "tokenHash", purpose, user_id as "userId", invitation_id as "invitationId",
  tenant_id as "tenantId", email, expires_at as "expiresAt"`;

export const ADD_USER = `
  insert into identity.users (user_id, email, created_at, password_hash) values ($1, $2, $3, $4)
  on conflict do nothing`;

export const USER_BY_EMAIL = `select ${USER} from identity.users where email = $1`;

export const USERS_BY_IDS = `select ${USER} from identity.users where user_id = any($1)`;

export const PAGE_OF_USERS = `
  select ${USER} from identity.users where $2::text is null or user_id < $2
  order by user_id desc limit $1`;

export const SET_PASSWORD = 'update identity.users set password_hash = $2 where user_id = $1';

/** Codes that were used stay used while the secret stays. */
export const SET_SECOND_FACTOR = `
  update identity.users
  set totp_step = case when totp_sealed = $2 then totp_step else -1 end,
    totp_sealed = $2, totp_data_key_id = $3, totp_confirmed = $4
  where user_id = $1`;

export const TAKE_TIME_STEP = `
  update identity.users set totp_step = $2
  where user_id = $1 and totp_sealed is not null and totp_step < $2`;

export const ADD_TENANT = `
  insert into identity.tenants_of_users (user_id, tenant_id) values ($1, $2) on conflict do nothing`;

export const REMOVE_TENANT =
  'delete from identity.tenants_of_users where user_id = $1 and tenant_id = $2';

export const TENANTS_OF = `
  select tenant_id as "tenantId" from identity.tenants_of_users where user_id = $1 order by tenant_id`;

export const USER_BY_EXTERNAL = `
  select ${USER} from identity.users
  where user_id = (
    select user_id from identity.external_identities where issuer = $1 and subject = $2
  )`;

export const ADD_EXTERNAL = `
  insert into identity.external_identities as known (issuer, subject, user_id) values ($2, $3, $1)
  on conflict (issuer, subject) do update set user_id = known.user_id
  returning user_id = $1 as "isOwn"`;

export const OPEN_SESSION = `
  insert into identity.sessions (token_hash, user_id, method, opened_at, seen_at, idle_ends_at,
    ends_at, second_factor_pending, browser, network)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

export const END_ALL_BUT_LATEST = `
  delete from identity.sessions where token_hash in (
    select token_hash from identity.sessions where user_id = $1 order by opened_at desc offset $2
  )`;

export const FIND_SESSION = `
  select ${SESSION} from identity.sessions
  where token_hash = $1 and ends_at > $2 and idle_ends_at > $2`;

export const SESSIONS_OF = `
  select ${SESSION} from identity.sessions
  where user_id = $1 and ends_at > $2 and idle_ends_at > $2
  order by seen_at desc, token_hash`;

export const TOUCH_SESSION =
  'update identity.sessions set seen_at = $2, idle_ends_at = $3 where token_hash = $1';

export const END_SESSION = 'delete from identity.sessions where token_hash = $1';

export const END_ALL_SESSIONS = `
  delete from identity.sessions where user_id = $1 and ($2::text is null or token_hash <> $2)`;

export const ADD_LINK = `
  insert into identity.links (token_hash, purpose, user_id, invitation_id, tenant_id, email, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7)`;

export const FIND_LINK = `
  select ${LINK} from identity.links where token_hash = $1 and expires_at > $2`;

export const TAKE_LINK = `
  delete from identity.links where token_hash = $1 and expires_at > $2 returning ${LINK}`;

export const INVITATIONS = `
  select ${LINK} from identity.links where tenant_id = $1 and expires_at > $2 order by expires_at`;

export const REMOVE_INVITATION = 'delete from identity.links where invitation_id = $1';

export const REMOVE_LINKS_OF = 'delete from identity.links where user_id = $1';

export const TAKE_TRY = `
  insert into identity.tries as known (counter, count, ends_at) values ($1, 1, $3)
  on conflict (counter) do update set
    count = case when known.ends_at <= $2 then 1 else least(known.count + 1, 1000000) end,
    ends_at = case when known.ends_at <= $2 then excluded.ends_at else known.ends_at end
  returning count, ends_at as "endsAt"`;

export const CLEAR_TRIES = 'delete from identity.tries where counter = $1';

export const SWEEPS = [
  'delete from identity.sessions where ends_at <= $1 or idle_ends_at <= $1',
  'delete from identity.links where expires_at <= $1',
  'delete from identity.tries where ends_at <= $1',
] as const;
