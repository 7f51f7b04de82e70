const SHOWN = 16;

/** Name of an account with its ids cut in the middle: `held:req_06gz…999wbr`. */
export const shortAccount = (account: string): string =>
  account
    .split(':')
    .map((part) => (part.length > SHOWN + 2 ? `${part.slice(0, 8)}…${part.slice(-6)}` : part))
    .join(':');
