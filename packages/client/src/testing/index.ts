export {
  createScriptedTransport,
  type ScriptedAnswer,
  type ScriptedTransport,
  type SeenRequest,
} from './create-scripted-transport.js';
