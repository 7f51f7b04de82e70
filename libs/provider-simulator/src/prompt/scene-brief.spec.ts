import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPrompt, type SceneBrief } from './scene-brief.js';

describe('reading a prompt', () => {
  it.each<[string, Partial<SceneBrief>]>([
    [
      'Sunset over a mountain lake',
      { subject: 'landscape', ground: 'mountains', lake: true, time: 'sunset' },
    ],
    ['DUNES of the desert at noon', { subject: 'landscape', ground: 'dunes', time: 'day' }],
    ['misty forest', { subject: 'landscape', ground: 'forest', weather: 'fog' }],
    ['a forest by a lake', { ground: 'mountains', forest: true, lake: true }],
    ['winter wonderland', { subject: 'landscape', winter: true }],
    ['sailboat at dawn', { ground: 'sea', time: 'dawn' }],
    ['sailboat on a lake', { ground: 'mountains', lake: true }],
    ['city skyline in the rain', { subject: 'city', weather: 'rain' }],
    ['perfume bottle', { subject: 'product', product: 'bottle' }],
    ['a steel mug on a wooden table', { product: 'mug', material: 'metal', woodenTable: true }],
    ['wooden bowl', { product: 'bowl', material: 'wood', woodenTable: false }],
    ['portrait of an adult with a hat', { subject: 'portrait', hair: 'hat' }],
    ['a woman on a mountain', { subject: 'landscape', ground: 'mountains' }],
    ['ringed planet', { subject: 'space' }],
    ['full moon', { subject: 'landscape', time: 'night' }],
    ['late evening', { subject: 'landscape', time: 'golden' }],
    ['entirely unknown words', { subject: 'abstract' }],
    ['', { subject: 'abstract' }],
  ])('sees in "%s" what it asks for', (prompt, expected) => {
    expect(readPrompt(prompt)).toMatchObject(expected);
  });

  it('gathers extras and colours', () => {
    const brief = readPrompt('red balloons and birds over meadows with flowers');

    expect([...brief.extras].sort()).toEqual(['balloon', 'birds', 'flowers']);
    expect(brief.tints).toEqual(['#d8433b']);
  });

  it('keeps colours in order and knows which is the light', () => {
    expect(readPrompt('a green vase before a red wall')).toMatchObject({
      tints: ['#4c9a5d', '#d8433b'],
      skyTint: undefined,
    });
    expect(readPrompt('green hills under a purple evening sky').skyTint).toBe('#8a4fc0');
  });

  it('varies with any change of the prompt', () => {
    expect(readPrompt('unknown alpha').variation).not.toBe(readPrompt('unknown beta').variation);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (prompt) => {
        expect(readPrompt(prompt).subject).toBeDefined();
      }),
    );
  });

  it('reads very long prompts in bounded time', () => {
    const started = performance.now();

    readPrompt('mountain '.repeat(20_000));

    expect(performance.now() - started).toBeLessThan(500);
  });
});
