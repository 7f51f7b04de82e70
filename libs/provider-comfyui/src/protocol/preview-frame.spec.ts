import { describe, expect, it } from 'vitest';
import { previewFrame } from './preview-frame.js';

const JPEG = [0xff, 0xd8, 0xff, 0xe0];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d];
const message = (event: number, format: number, file: readonly number[]) =>
  Uint8Array.from([0, 0, 0, event, 0, 0, 0, format, ...file]).buffer;

describe('a binary message', () => {
  it.each([
    ['image/jpeg', message(1, 1, JPEG), JPEG],
    ['image/png', message(1, 2, PNG), PNG],
  ])('may be a preview of type %s', (mediaType, data, file) => {
    expect(previewFrame(data)).toEqual({ mediaType, bytes: Uint8Array.from(file) });
  });

  it.each([
    ['of another event', message(3, 1, JPEG)],
    ['of an unknown format', message(1, 9, JPEG)],
    ['whose file is of another format', message(1, 2, JPEG)],
    ['without a file', message(1, 1, [])],
    ['that is cut short', Uint8Array.from([0, 0, 0]).buffer],
  ])('%s is passed over', (_, data) => {
    expect(previewFrame(data)).toBeUndefined();
  });
});
