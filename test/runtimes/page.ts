import { runContract } from './contract.js';

const contract = runContract(location.origin);
Object.assign(globalThis, { contract });
// For a browser that nobody drives.
void contract.then((result) => fetch('/result', { method: 'POST', body: JSON.stringify(result) }));
