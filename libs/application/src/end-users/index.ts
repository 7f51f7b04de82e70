export * from './block-end-user.js';
export * from './end-user-directory.js';
export * from './end-user-eraser.js';
export * from './erase-end-user.js';
export * from './erasure.js';
