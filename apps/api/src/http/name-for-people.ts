import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out.
const NAME = /^[^\u0000-\u001f\u007f]+$/;

/** A name that people give to a thing and read in lists. */
export const ForPeople = () =>
  applyDecorators(IsString(), MinLength(1), MaxLength(100), Matches(NAME));
