export * from '@imprest/data-files';
