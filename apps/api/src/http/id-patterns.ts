/** An id that its creator may choose: of a tenant, a grant or a refund. */
export const CHOSEN_ID = /^[a-z0-9][a-z0-9_]{1,62}$/;

export const MODEL_ALIAS = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const WEBHOOK_ENDPOINT_ID = /^whk_[0-9a-z]{26}$/;
