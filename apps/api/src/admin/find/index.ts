import { Anything } from './anything.js';
import { FindAnythingController } from './find-anything.controller.js';
import { RowFinder } from './row-finder.js';
import { StreamFinder } from './stream-finder.js';

export const findAnythingControllers = [FindAnythingController];
export const findAnythingProviders = [Anything, RowFinder, StreamFinder];
