import type { ComfyuiApi } from '../protocol/comfyui-api.js';
import { fieldsOf, listOf } from '../protocol/json-fields.js';
import { isLink } from '../templates/graph.js';
import type { Slot } from '../templates/slots.js';
import type { Template } from '../templates/template.js';

/** What keeps the server from running these templates, in words for an operator. */
export async function templateFaults(
  api: ComfyuiApi,
  templates: readonly Template[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const classes = new Map<string, unknown>();
  for (const { graph } of templates) {
    for (const { class_type: name } of Object.values(graph)) {
      if (!classes.has(name)) classes.set(name, await api.nodeClass(name, signal));
    }
  }
  return templates.flatMap((template) =>
    faultsOf(template, classes).map((fault) => `template ${template.name}: ${fault}`),
  );
}

function faultsOf(
  { graph, slots }: Template,
  classes: ReadonlyMap<string, unknown>,
): readonly string[] {
  const { references, ...named } = slots;
  const filled = [...Object.values(named as Readonly<Record<string, Slot>>), ...references];
  const targets = filled.flatMap((slot) => slot.targets);
  return Object.entries(graph).flatMap(([id, { class_type: name, inputs }]) => {
    const known = classes.get(name);
    if (known === undefined) return [`node ${id}: the server has no node ${name}`];
    return Object.entries(inputs).flatMap(([input, value]) => {
      const isSlot = targets.some((target) => target.node === id && target.input === input);
      const choices = choicesOf(known, input);
      if (isSlot || isLink(value) || choices === undefined || choices.includes(value)) return [];
      return [`node ${id} ${name}: the server has no ${input} ${String(value)}`];
    });
  });
}

/** An input that is one of a list: `[[…]]`, or `["COMBO", {options: […]}]` on newer servers. */
function choicesOf(nodeClass: unknown, input: string): readonly unknown[] | undefined {
  const { required, optional } = fieldsOf(fieldsOf(nodeClass).input);
  const [type, rules] = listOf(fieldsOf(required)[input] ?? fieldsOf(optional)[input]);
  if (Array.isArray(type)) return type;
  const { options } = fieldsOf(rules);
  return type === 'COMBO' && Array.isArray(options) ? options : undefined;
}
