const MOST = 1_000_000_000_000;

/** A number of tokens as somebody typed it, with spaces between groups; undefined when it is none. */
export function readTokens(text: string): number | undefined {
  const digits = text.replace(/[\s\u202f]/g, '');
  if (!/^\d{1,13}$/.test(digits)) return undefined;
  const tokens = Number(digits);
  return tokens >= 1 && tokens <= MOST ? tokens : undefined;
}

/** An amount of money as the API takes it, `1250.00`, from what somebody typed; undefined when it is none. */
export function readMoney(text: string): string | undefined {
  const amount = text.replace(/[\s\u202f]/g, '').replace(',', '.');
  return /^\d{1,12}(\.\d{1,4})?$/.test(amount) && /[1-9]/.test(amount) ? amount : undefined;
}
