import sharp from 'sharp';

/** One thread an image, so that `threads` means what it says; no cache, as no image comes twice. */
sharp.concurrency(1);
sharp.cache(false);

export { sharp };
