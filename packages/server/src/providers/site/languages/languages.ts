import { english } from './english.js';
import { french } from './french.js';
import { german } from './german.js';
import type { Language } from './language.js';
import { spanish } from './spanish.js';

/** The languages that are known; content and questions in others work without stemming. */
export const languages: readonly Language[] = [english, german, french, spanish];
