import type { ConfidentialInput, GenerationView } from '@imprest/application';
import { generationParameters } from '@imprest/testkit';
import { describe, expect, it } from 'vitest';
import { rerunBody, toInput } from './mapping.js';

const endUserEmail = 'Ada@Example.com';
const sourceRequestId = 'req_01h5z8k2m4n6p8r0t2v4x6y8z0';

describe('a request', () => {
  it('for images has a prompt', () => {
    expect(toInput({ endUserEmail, prompt: 'a lake' })).not.toHaveProperty('video');
    expect(() => toInput({ endUserEmail })).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ field: 'prompt' }) }),
    );
  });

  it('for a video names what is set in motion, and may leave the rest open', () => {
    expect(toInput({ endUserEmail, sourceRequestId })).toMatchObject({
      prompt: '',
      endUserEmail: 'ada@example.com',
      video: { sourceGenerationId: sourceRequestId },
    });
    const body = { endUserEmail, sourceRequestId, sourceImage: 2, duration: 3, prompt: 'zoom in' };
    expect(toInput(body)).toMatchObject({
      prompt: 'zoom in',
      video: { sourceGenerationId: sourceRequestId, sourceImage: 2, durationSeconds: 3 },
    });
  });
});

it('a video is run again as what it was, with the overrides', () => {
  const video = { sourceGenerationId: sourceRequestId, sourceImage: 1, durationSeconds: 3 };
  const parameters = generationParameters({ video: { ...video, sourceAssetId: 'img_1' }, seed: 7 });
  const view = { model: 'motion-1', parameters } as GenerationView;
  const input: ConfidentialInput = { prompt: '', endUserEmail, references: [], webhookUrl: null };

  const body = rerunBody(view, input, { duration: 5 });

  expect(toInput(body)).toMatchObject({
    model: 'motion-1',
    seed: 7,
    video: { ...video, durationSeconds: 5 },
  });
});

describe('deadlines', () => {
  const prompt = 'a lake';

  it('are asked for only where they are named', () => {
    expect(toInput({ endUserEmail, prompt })).not.toHaveProperty('deadlines');
    expect(toInput({ endUserEmail, prompt, startBy: 60 })).toMatchObject({
      deadlines: { startBy: 60 },
    });
  });

  it('in seconds are meant again when the work is run again; times have passed', () => {
    const view = { model: 'landscape-1', parameters: generationParameters() } as GenerationView;
    const deadlines = { startBy: 60, finishBy: '2026-01-15T09:00:00Z' };
    const kept = { prompt, endUserEmail, references: [], webhookUrl: null, deadlines };

    expect(rerunBody(view, kept, {})).toMatchObject({ startBy: 60 });
    expect(rerunBody(view, kept, {})).not.toHaveProperty('finishBy');
  });
});
