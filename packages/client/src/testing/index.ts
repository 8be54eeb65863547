export {
  createScriptedTransport,
  type ScriptedAnswer,
  type ScriptedStep,
  type ScriptedTransport,
  type SeenRequest,
} from './create-scripted-transport.js';
export { cutsInTwo, randomCuts, toBody, toBytes } from './cut-bytes.js';
