import type { answerMath as bundled } from '../../features/shared/answer-math.js';

/** The script tag brings all along: a page says `data-nova-math` and nothing more. */
export const answerMath: typeof bundled = { load: () => import('../../features/math/math.js') };
