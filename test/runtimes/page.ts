import { runContract } from './contract.js';

Object.assign(globalThis, { contract: runContract(location.origin) });
