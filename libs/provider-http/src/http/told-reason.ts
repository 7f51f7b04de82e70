const LONGEST = 300;
const POLICY = /content_policy|moderation/;

/** What a server gives as a reason, on one line and short: it may be shown to whoever asked. */
export function toldReason(reason: unknown): string {
  if (typeof reason !== 'string') return 'no reason given';
  const line = reason.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.slice(0, LONGEST) || 'no reason given';
}

/** Whether a code or type of an error says that the content policy of a model forbids it. */
export function isPolicyCode(code: unknown): boolean {
  return typeof code === 'string' && POLICY.test(code);
}
