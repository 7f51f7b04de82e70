export const BLANK_PRICE = 2;

/** A price list whose one model renders nothing: for tests about facts, which pictures would only slow down. */
export const BLANK_MODEL = `
version: blank
default: blank
models:
  blank:
    provider: noop
    tokensPerImage: { 2K: ${BLANK_PRICE}, 4K: ${BLANK_PRICE}, custom: ${BLANK_PRICE} }
`;
