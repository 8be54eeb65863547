import { connectionFaults } from './cases/connection-faults.js';
import { endFaults } from './cases/end-faults.js';
import type { FaultCase } from './cases/fault-case.js';
import { framingFaults } from './cases/framing-faults.js';
import { inBandFaults } from './cases/in-band-faults.js';
import { statusFaults } from './cases/status-faults.js';

/** The faults that one HTTP server can make. */
export const faultCases: readonly FaultCase[] = [
  ...connectionFaults,
  ...framingFaults,
  ...endFaults,
  ...statusFaults,
  ...inBandFaults,
];
