import { createHmac, hash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 bits of chance, base64url: needs no slow hash. */
export const newToken = () => randomBytes(TOKEN_BYTES).toString('base64url');

/** Before anything is looked up by it. */
export const isToken = (text: string) => TOKEN.test(text);

/** What stores know a token by. */
export const tokenHash = (token: string) => hash('sha256', token, 'base64url');

/** Follows from the token and does not give it away: whoever knows it has read the answer to the cookie's owner. */
export const csrfTokenOf = (token: string) =>
  createHmac('sha256', token).update('csrf').digest('base64url');
