/** The part of the Web Speech API that is used; TypeScript's DOM types do not have it. */
export interface SpeechRecognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  continuous: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}

export interface SpeechResultEvent extends Event {
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>>;
}

export type SpeechRecognitionConstructor = new () => SpeechRecognition;

/** Gives the browser's recognition of speech, where it has one. */
export function findSpeechRecognition(): SpeechRecognitionConstructor | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as {
    SpeechRecognition?: SpeechRecognitionConstructor;
    webkitSpeechRecognition?: SpeechRecognitionConstructor;
  };
  return SpeechRecognition ?? webkitSpeechRecognition;
}
