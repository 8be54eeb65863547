import { answerMath } from './features/shared/answer-math.js';

// For its effect: a chat with `math` shows formulas.
answerMath.load = () => import('./features/math/math.js');
