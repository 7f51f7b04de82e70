const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Without a request. */
export const SESSION_IDLE_MS = 12 * 60 * MINUTE_MS;
/** However busy. */
export const SESSION_MS = 7 * DAY_MS;
/** To find the telephone and type the code. */
export const SECOND_FACTOR_MS = 10 * MINUTE_MS;
export const SESSIONS_PER_USER = 20;
/** In which a sign-in proves who somebody is that has no password. */
export const FRESH_SIGN_IN_MS = 15 * MINUTE_MS;

export const SIGN_IN_LINK_MS = 15 * MINUTE_MS;
/** Of somebody who becomes an operator: it has to be handed over first. */
export const OPERATOR_LINK_MS = DAY_MS;
export const INVITATION_MS = 7 * DAY_MS;
