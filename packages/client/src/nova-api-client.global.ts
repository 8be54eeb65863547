import { NovaAPIClient } from './nova-api-client.js';

// The build for pages without a bundler: one script, one global.
Object.assign(globalThis, { NovaAPIClient });
