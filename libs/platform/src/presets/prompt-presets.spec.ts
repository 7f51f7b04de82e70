import { readFileSync } from 'node:fs';
import { DataFileError } from '@imprest/data-files';
import { matchPresets, presetKinds } from '@imprest/domain';
import { LocalRulesModerator } from '@imprest/moderator-local-rules';
import { describe, expect, it } from 'vitest';
import { loadPromptPresets, parsePromptPresets } from './prompt-presets.js';

const FILE = `
version: "1"
quality: { default: fine detail }
negativePrompt: blurred
presets:
  light:
    golden hour: { text: low warm sunlight, aliases: [magic hour] }
    window light: daylight from one side
`;

describe('the built-in library', () => {
  const library = loadPromptPresets();

  it('has at least 150 presets, some of every kind', () => {
    expect(library.presets.length).toBeGreaterThanOrEqual(150);
    for (const kind of presetKinds) {
      expect(library.presets.filter((preset) => preset.kind === kind).length).toBeGreaterThan(25);
    }
  });

  it('finds each of its presets by its label and by every alias', () => {
    const missed = library.presets.flatMap((preset) =>
      [preset.label, ...preset.aliases].filter(
        (label) => matchPresets(label, library).presets[0] !== preset,
      ),
    );
    expect(missed).toEqual([]);
  });

  it('says nothing that is refused of a picture of a character', () => {
    const moderator = new LocalRulesModerator();
    const { presets, quality, negativePrompt } = library;
    const texts = [...presets.map(({ text }) => text), ...Object.values(quality), negativePrompt];
    const refused = texts.filter(
      (prompt) => moderator.review({ prompt, adultsOnly: true }).outcome !== 'allow',
    );
    expect(refused).toEqual([]);
  });
});

describe("an operator's file", () => {
  const merged = (own: string) => parsePromptPresets(FILE, own);

  it('adds presets and replaces those of the same label', () => {
    const library = merged(`
version: house-2
negativePrompt: noise
quality: { anime: clean lines }
presets:
  light: { Golden-Hour: our own evening light }
  camera: { harbour view: seen from the harbour wall }
`);
    expect(library).toMatchObject({ version: '1+house-2', negativePrompt: 'noise' });
    expect(library.quality).toEqual({ default: 'fine detail', anime: 'clean lines' });
    const texts = library.presets.map(({ text }) => text);
    expect(texts).toEqual([
      'our own evening light',
      'daylight from one side',
      'seen from the harbour wall',
    ]);
  });

  it.each([
    ['version: 1', 'version must be a text'],
    ['version: "2"\nmood: calm', 'mood is not a field'],
    ['version: "2"\npresets: { mood: {} }', 'presets.mood is not a field'],
    ['version: "2"\npresets: { light: { sun: 3 } }', 'presets.light.sun must be a mapping'],
    ['version: "2"\npresets: { light: { "--": x } }', 'must have letters or digits'],
    [
      'version: "2"\npresets: { light: { noon: { text: x, aliases: [magic hour] } } }',
      'spelt like',
    ],
    [`version: "2"\npresets: { light: { noon: "${'x'.repeat(301)}" } }`, 'at most 300'],
  ])('%s is refused', (own, reason) => {
    expect(() => merged(own)).toThrow(DataFileError);
    expect(() => merged(own)).toThrow(reason);
  });

  it('may look as docs/presets.md shows it', () => {
    const guide = readFileSync(new URL('../../../../docs/presets.md', import.meta.url), 'utf8');
    const builtIn = new URL('../../data/prompt-presets.yaml', import.meta.url);
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
    const { presets, version } = parsePromptPresets(readFileSync(builtIn, 'utf8'), example);
    expect(version).toMatch(/\+house-3$/);
    expect(presets.length).toBe(loadPromptPresets().presets.length + 2);
  });

  it('that is not there is named', () => {
    expect(() => loadPromptPresets('/nowhere.yaml')).toThrow('/nowhere.yaml');
  });
});
