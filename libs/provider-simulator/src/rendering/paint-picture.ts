import type { IdentityEmbedding } from '@imprest/application';
import { drawWatermark, type Raster } from '@imprest/visible-watermark';
import { Chance } from '../chance/chance.js';
import { hashOf } from '../chance/hash.js';
import { looksOf } from '../identity/looks.js';
import { Column } from '../image/column.js';
import { Developer, gradeOf } from '../image/developer.js';
import { drawReferences, type ReferencePicture } from '../overlay/reference-prints.js';
import { readPrompt, type SceneBrief } from '../prompt/scene-brief.js';
import { composeScene } from '../scenes/compose.js';
import type { ImageTask, RenderControl } from './image-task.js';

/** A picture of somebody is a portrait, whatever else the prompt names. */
const shownAs = (brief: SceneBrief, identity: IdentityEmbedding): SceneBrief => ({
  ...brief,
  subject: 'portrait',
  looks: looksOf(identity),
});

/** Columns painted between two looks at the control. */
const STRIDE = 16;
/** Share of the work that laying out a scene takes, roughly. */
const COMPOSED = 0.3;

/** The pixels of a task. The same task gives the same pixels; nothing else goes in. */
export function paintPicture(
  task: ImageTask,
  references: readonly ReferencePicture[],
  { checkpoint, onProgress }: RenderControl,
): Raster {
  const { width, height } = task;
  const read = readPrompt(task.prompt);
  const brief = task.identity === undefined ? read : shownAs(read, task.identity);
  const chance = new Chance(hashOf(task.seed, brief.variation, task.model));
  const scene = composeScene(brief, chance, { width, height, travel: task.frame, checkpoint });
  const developer = new Developer(width, height, gradeOf(task.guidanceScale, scene.vignette));
  const column = new Column(height);
  for (let x = 0; x < width; x += 1) {
    if (x % STRIDE === 0) {
      checkpoint();
      onProgress(COMPOSED + (1 - COMPOSED) * (x / width));
    }
    column.moveTo(x);
    for (const layer of scene.layers) layer.paint(column);
    developer.develop(column);
  }
  const picture = { data: developer.picture, width, height };
  if (references.length > 0) drawReferences(picture, references, chance.fork('references'));
  if (task.watermark) drawWatermark(picture);
  return picture;
}
