import { hash, randomUUID } from 'node:crypto';

/**
 * Creates the id of a tool call that came without one: nine letters and digits, the same for the same seed. Everybody
 * takes it back: Mistral takes no other form, and OpenAI nothing longer than 40 characters.
 */
export function createCallId(seed: string = randomUUID()): string {
  return hash('sha256', seed, 'base64')
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 9);
}
