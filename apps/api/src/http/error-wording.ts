import type { DomainError } from '@imprest/domain';

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function worded(message: string, field: string, name: string): string {
  return message.startsWith(`${field} `) ? name + message.slice(field.length) : message;
}

/**
 * What an error says in a dialect of snake_case: message, field and facts.
 * @param fieldNames of fields that the core names as the native dialect does
 */
export function snakeCasedError(
  { message, field, details = {} }: DomainError,
  fieldNames: Readonly<Record<string, string>>,
): { readonly message: string; readonly facts: Readonly<Record<string, unknown>> } {
  const name = field === undefined ? undefined : (fieldNames[field] ?? field);
  const facts = Object.entries(details).map(([key, value]) => [snakeCase(key), value]);
  return {
    message: field && name ? worded(message, field, name) : message,
    facts: { ...(name !== undefined && { field: name }), ...Object.fromEntries(facts) },
  };
}
