import { answerMath } from './features/answers/answer-math.js';

// For its effect: a chat with `math` shows formulas.
answerMath.load = () => import('./features/math/math.js');
