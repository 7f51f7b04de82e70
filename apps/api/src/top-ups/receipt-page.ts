import type { Receipt } from '@imprest/application';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');

/** What a receipt says, line by line. */
function linesOf(receipt: Receipt): readonly (readonly [string, string])[] {
  const { currency, discount, discountTier, refunded, payment } = receipt;
  const money = (amount: string) => `${amount} ${currency}`;
  const isDiscounted = /[1-9]/.test(discount);
  const isRefunded = /[1-9]/.test(refunded);
  return [
    ['Date', receipt.issuedAt.slice(0, 10)],
    ['Buyer', `${receipt.buyer.name} (${receipt.buyer.tenantId})`],
    ['Tokens', receipt.tokens],
    ...(receipt.package === null ? [] : [['Package', receipt.package] as const]),
    ['List price', money(receipt.listPrice)],
    ...(isDiscounted
      ? [[`Discount ${discountTier ?? ''}`.trim(), `-${money(discount)}`] as const]
      : []),
    ['Paid', money(receipt.paid)],
    ...(isRefunded ? [['Refunded', money(refunded)] as const] : []),
    ['Payment', `${payment.provider} ${payment.id}`],
    ['Top-up', receipt.topUpId],
  ];
}

export function receiptText(receipt: Receipt): string {
  const lines = linesOf(receipt);
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  const table = lines.map(([name, value]) => `${name.padEnd(width)}${value}`);
  return [`Receipt ${receipt.number}`, '', ...receipt.seller, '', ...table, ''].join('\n');
}

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; margin-top: 2rem; }
  th, td { text-align: left; padding: .4rem 0; border-bottom: 1px solid #ddd; font-weight: 400; }
  td { text-align: right; font-variant-numeric: tabular-nums; }
  @media print { body { margin: 0; } }
`;

/** A page for printing. It loads nothing, and every text in it is escaped. */
export function receiptPage(receipt: Receipt): string {
  const title = `Receipt ${escaped(receipt.number)}`;
  const seller = receipt.seller.map(escaped).join('<br>');
  const rows = linesOf(receipt)
    .map(
      ([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>
<body>
<h1>${title}</h1>
<p>${seller}</p>
<table>
${rows}
</table>
</body>
</html>
`;
}
