import { runContract } from './contract.js';

declare const process: { argv: string[]; exitCode?: number };

const { passed, failures } = await runContract(process.argv[2] ?? '');
for (const failure of failures) console.log(`  ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
