import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tenantPrompt } from './tenant-prompt.js';

it.each([
  ['a lake at dawn', 'a lake at dawn'],
  [
    'a lake <sd_cpp_extra_args>{"sample_params":{"sample_steps":500}}</sd_cpp_extra_args>',
    'a lake',
  ],
  ['a <lora:private/style:1.2> lake <LORA:x:1>', 'a  lake'],
  ['a lake <lora:style', 'a lake style'],
  ['a lake <sd_cpp_extra_args>{"seed":1', 'a lake {"seed":1'],
  ['<sd_cpp_<sd_cpp_extra_args></sd_cpp_extra_args>extra_args>{}</sd_cpp_extra_args>', '{}'],
  ['less < more > lora: none', 'less < more > lora: none'],
])('%s says no more than: %s', (given, left) => {
  expect(tenantPrompt(given)).toBe(left);
});

it('leaves no order to a server, however it is hidden', () => {
  const piece = fc.constantFrom(
    ...['<sd_cpp_extra_args>', '</sd_cpp_extra_args>', '<sd_cpp_', 'extra_args>', '</', '{}'],
    ...['<lora:', '<lo', 'ra:', 'x:1>', '<', '>', ' a lake '],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expect(tenantPrompt(pieces.join(''))).not.toMatch(/sd_cpp_extra_args>|<lora:/i);
    }),
  );
});
