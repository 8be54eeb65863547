#!/usr/bin/env node
// Nothing is imported before the check: on an older Node the libraries fail with messages that do not help.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`Nova Chat needs Node 22.19 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
await import('./run-server.js');

export {};
