import { runContract } from './contract.js';

declare const process: { argv: string[]; exit(code: number): never };

const { passed, failures } = await runContract(process.argv[2] ?? '');
for (const failure of failures) console.log(`  ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
// The contract has seen all of the client's sockets close; a runtime may keep a socket of its own.
process.exit(failures.length === 0 ? 0 : 1);
