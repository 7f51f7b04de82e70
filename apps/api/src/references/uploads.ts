import { DomainFailure, type StoredReference, StoredReferences } from '@imprest/application';
import { validationError } from '@imprest/domain';
import { type SniffedImage, sniffImage } from '@imprest/provenance-marking';
import { Injectable } from '@nestjs/common';
import type { UploadedFile } from '../forms/read-form.js';

/** As many as a worker takes of a reference that it downloads. */
const MAX_PIXELS = 40_000_000;

export interface Upload extends StoredReference, SniffedImage {
  readonly bytes: number;
}

/** Files of forms as reference images. */
@Injectable()
export class Uploads {
  constructor(private readonly references: StoredReferences) {}

  /** Stores all of them or, when one is no image, none. @throws DomainFailure validation_error */
  async store(tenantId: string, files: readonly UploadedFile[]): Promise<readonly Upload[]> {
    const images = files.map((file, index) => ({ file, image: inspected(file, index) }));
    const stored: Upload[] = [];
    for (const { file, image } of images) {
      const { bytes } = file;
      const reference = await this.references.store(tenantId, bytes, image.mediaType);
      stored.push({ ...reference, ...image, bytes: bytes.length });
    }
    return stored;
  }
}

function inspected({ field, bytes }: UploadedFile, index: number): SniffedImage {
  const name = `${field}[${index}]`;
  const image = sniffImage(bytes);
  if (image === undefined) {
    throw new DomainFailure(validationError(name, 'must be a still PNG, JPEG or WebP image'));
  }
  if (image.width * image.height <= MAX_PIXELS) return image;
  throw new DomainFailure(validationError(name, `must have at most ${MAX_PIXELS} pixels`));
}
