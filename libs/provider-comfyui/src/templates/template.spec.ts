import { DataFileError } from '@imprest/data-files';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInTemplate } from './built-in.js';
import { filledGraph } from './fill.js';
import { isLink } from './graph.js';
import { loadTemplate, parseTemplate } from './template.js';

const EXAMPLES = ['text-to-image', 'image-to-image', 'image-to-clip'];
const graph = {
  '3': { class_type: 'KSampler', inputs: { seed: 0, steps: 20, latent_image: ['5', 0] } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 512, batch_size: 1 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a landscape' } },
  '9': { class_type: 'SaveImage', inputs: { filename_prefix: 'a', images: ['3', 0] } },
};
const slots = {
  prompt: '{ at: "6.text", mostCharacters: 100 }',
  seed: '{ at: "3.seed" }',
  width: '{ at: "5.width", least: 16, most: 1024, step: 8 }',
  height: '{ at: "5.height", least: 16, most: 1024, step: 8 }',
  filenamePrefix: '{ at: "9.filename_prefix" }',
};

function template(change: Readonly<Record<string, string | undefined>> = {}, more = '') {
  const all = Object.entries({ ...slots, ...change }).flatMap(([name, slot]) =>
    slot === undefined ? [] : [`  ${name}: ${slot}`],
  );
  const manifest = ['makes: images', 'graph: flow.json', 'slots:', ...all, more];
  if (!more.includes('output')) manifest.push('output: { node: "9" }');
  return parseTemplate('portrait', manifest.join('\n'), () => JSON.stringify(graph));
}

const values = {
  ...{ prompt: 'a lake', seed: 7, width: 64, height: 64 },
  ...{ filenamePrefix: 'run', references: [] },
};

describe('a template', () => {
  it.each(EXAMPLES)('%s comes with the product', (name) => {
    expect(loadTemplate(builtInTemplate(name)).name).toBe(name);
  });

  it.each([
    [{ prompt: undefined }, 'slots.prompt is missing'],
    [{ filenamePrefix: undefined }, 'slots.filenamePrefix is missing'],
    [{ mood: '{ at: "6.text" }' }, 'slots.mood is not a field: use prompt'],
    [{ prompt: '{ at: "66.text" }' }, 'slots.prompt.at is 66.text: no node 66'],
    [{ prompt: '{ at: "6.words" }' }, 'slots.prompt.at is 6.words: CLIPTextEncode has no input'],
    [{ prompt: '{ at: "text" }' }, 'slots.prompt.at is text: write it as node.input'],
    [{ prompt: '{ at: "3.seed" }' }, 'slots.prompt.at is 3.seed: the input holds no string'],
    [{ seed: '{ at: "6.text" }' }, 'slots.seed.at is 6.text: the input holds no number'],
    [{ seed: '{ at: "3.latent_image" }' }, 'the input is linked to node 5'],
    [{ seed: '{ at: [] }' }, 'slots.seed.at must name an input at least'],
    [{ prompt: '{ at: "6.__proto__" }' }, 'CLIPTextEncode has no input __proto__'],
    [{ prompt: '{ at: "constructor.text" }' }, 'no node constructor'],
    [
      { width: '{ at: "5.width", least: 20, most: 10 }' },
      'slots.width.most must be a whole number',
    ],
    [
      { steps: '{ at: "3.steps", most: 9, value: 20 }' },
      'slots.steps.value must be a whole number',
    ],
    [{ width: '{ at: "5.width", max: 10 }' }, 'slots.width.max is not a field'],
    [{ references: '{ at: "6.text" }' }, 'slots.references must be a list'],
  ])('that breaks a rule is refused with its name, the slot and the rule: %o', (change, rule) => {
    const parse = () => template(change);

    expect(parse).toThrow(DataFileError);
    expect(parse).toThrow(`template portrait: `);
    expect(parse).toThrow(rule);
  });

  it('has an output node, and a workflow beside it', () => {
    expect(() => template({}, 'output: { node: "90" }')).toThrow('output.node is 90: no such node');
    const elsewhere = () => parseTemplate('x', 'makes: images\ngraph: ../flow.json', () => '{}');
    expect(elsewhere).toThrow('graph must match');
  });

  it.each([
    ['{}', 'the workflow must have 1 to 500 nodes'],
    ['[', 'Unexpected end of JSON'],
    [JSON.stringify({ nodes: [], links: [] }), 'saved for the editor: use "Export (API)"'],
    [JSON.stringify({ '1': { inputs: {} } }), 'node 1.class_type must be a text'],
    [
      JSON.stringify({ '1': { class_type: 'A', inputs: { x: ['2', 0] } } }),
      'node 1.inputs.x links to node 2: no such node',
    ],
  ])('with the workflow %s is refused', (json, rule) => {
    expect(() => parseTemplate('x', 'makes: images\ngraph: flow.json', () => json)).toThrow(rule);
  });
});

describe('a workflow with values', () => {
  it('has them in their slots, and is otherwise as it was', () => {
    const { graph: before, slots: places } = template({ steps: '{ at: "3.steps", value: 30 }' });
    const filled = filledGraph(before, places, values);

    expect(filled['3']?.inputs).toEqual({ seed: 7, steps: 30, latent_image: ['5', 0] });
    expect(filled['5']?.inputs).toEqual({ width: 64, height: 64, batch_size: 1 });
    expect(filled['9']?.inputs.filename_prefix).toBe('run');
    expect(before['6']?.inputs.text).toBe('a landscape');
  });

  it.each([
    [{ width: 8 }, 'width is 8, must be from 16 to 1024'],
    [{ width: 16.5 }, 'width is 16.5, must be a whole number'],
    [{ seed: -1 }, 'seed is -1, must be from 0'],
    [{ prompt: 'x'.repeat(101) }, 'prompt is over 100 characters'],
    [{ references: ['a.png'] }, 'there are 1 references, must be 0'],
  ])('refuses those that break a rule: %o', (change, rule) => {
    const { graph: before, slots: places } = template();

    expect(() => filledGraph(before, places, { ...values, ...change })).toThrow(rule);
  });

  it('rounds sides up to what the model makes', () => {
    const { graph: before, slots: places } = template();
    const filled = filledGraph(before, places, { ...values, width: 57, height: 64 });

    expect(filled['5']?.inputs).toMatchObject({ width: 64, height: 64 });
  });

  it('keeps its nodes and links, whatever a prompt says', () => {
    const { graph: before, slots: places } = template();
    const shape = (of: typeof before) =>
      JSON.stringify(of, (key, value) => (key === 'inputs' ? linksOf(value) : value));
    const linksOf = (inputs: object) => Object.entries(inputs).filter(([, value]) => isLink(value));
    const expected = shape(before);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (prompt) => {
        const filled = filledGraph(before, places, { ...values, prompt });
        return shape(filled) === expected && filled['6']?.inputs.text === prompt;
      }),
      { numRuns: 40 },
    );
  });
});
