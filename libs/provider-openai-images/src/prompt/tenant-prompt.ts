/**
 * Words in a prompt that some servers take for orders: settings of the server, adapters to load. They are the operator's to
 * give, so they are taken out of what tenants write. What is left when one is taken out may be another one.
 */
const ORDERS = [
  /<sd_cpp_extra_args>[\s\S]*?<\/sd_cpp_extra_args>/gi,
  /<\/?sd_cpp_extra_args>?/gi,
  /<(?:lora|lyco|hypernet):[^>]*>/gi,
  /<(?:lora|lyco|hypernet):/gi,
];

export function tenantPrompt(text: string): string {
  let before: string;
  let after = text;
  do {
    before = after;
    for (const order of ORDERS) after = after.replace(order, '');
  } while (after !== before);
  return after.trim();
}
