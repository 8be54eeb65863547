import type { NovaStrings } from './nova-strings.js';

/** The words of the features, which are loaded with them. Loaded languages have them all, beside `NovaStrings`. */
export interface NovaFeatureStrings {
  // Words of more than one feature.
  cancel: string;
  save: string;
  remove: string;
  submit: string;
  // Files that go along with a question; `{name}` is one.
  attach: string;
  attached: string;
  wrongKind: string;
  /** `{size}` is the limit. */
  tooLarge: string;
  unreadable: string;
  /** `{count}` is the limit. */
  tooMany: string;
  // Speaking a question.
  speak: string;
  noMicrophone: string;
  // Tools of the page; `{tool}` is its name.
  allowTool: string;
  toolRuns: string;
  toolDone: string;
  toolFailed: string;
  toolRefused: string;
  allow: string;
  refuse: string;
  // A wait that the server asks for; `{when}` is a relative time in the reader's language, such as "in 12 seconds".
  /** In the place of "Try again". */
  retryWhen: string;
  /** Said once. */
  waitUntil: string;
  canRetryNow: string;
  /** In the place of a time that is hours away. */
  retryLater: string;
  // A first word that does not come.
  stillWaiting: string;
  // Consent.
  consentTitle: string;
  consentText: string;
  agree: string;
  agreeFirst: string;
  // An image of an answer that waits for a click, by its `{host}`.
  loadImage: string;
  // The choice of a model.
  model: string;
  defaultModel: string;
  // What can be done with an answer.
  answerActions: string;
  copyAnswer: string;
  /** Has the rest of an answer that was cut off. */
  goOn: string;
  regenerate: string;
  goodAnswer: string;
  badAnswer: string;
  /** Asks for the reason of a thumb up, which need not be given. */
  whyGood: string;
  whyBad: string;
  sendFeedback: string;
  thanks: string;
  // Questions in other words, and the versions of questions and answers.
  editQuestion: string;
  askAgain: string;
  versions: string;
  previousVersion: string;
  nextVersion: string;
  /** `{number}` of `{count}`; said when another one is shown. */
  versionOf: string;
  // What the model thought aloud.
  thinking: string;
  /** `{time}` is a duration in the reader's language, such as "12 seconds". */
  thoughtFor: string;
  thoughts: string;
  // Questions that may be asked next.
  suggestions: string;
  /** Stands above the sources of an answer. */
  sources: string;
  // The list of conversations.
  conversations: string;
  newConversation: string;
  searchConversations: string;
  noConversationFound: string;
  /** Said while the visitor searches. */
  conversationsFound_one: string;
  conversationsFound_other: string;
  /** `{title}` is that of the conversation. */
  conversationOptions: string;
  conversationTitle: string;
  rename: string;
  saveMarkdown: string;
  saveJson: string;
  deleteConversation: string;
  conversationDeleted: string;
  undo: string;
  saveAll: string;
  deleteAll: string;
  deleteAllQuestion: string;
  /** Of a conversation that is not shown. */
  isAnswering: string;
  newAnswers_one: string;
  newAnswers_other: string;
}

/** The words of the features in English. */
export const englishFeatureStrings: NovaFeatureStrings = {
  cancel: 'Cancel',
  save: 'Save',
  remove: 'Remove',
  submit: 'Send',
  attach: 'Add images or text files',
  attached: '{name} is added.',
  wrongKind: '{name} is neither an image nor a text file.',
  tooLarge: '{name} is too large. Together, files can be up to {size}.',
  unreadable: '{name} could not be read.',
  tooMany: 'At most {count} files can go along.',
  speak: 'Speak your question',
  noMicrophone: 'The microphone cannot be used.',
  allowTool: 'Allow “{tool}”?',
  toolRuns: '{tool}…',
  toolDone: '{tool}: done',
  toolFailed: '{tool}: did not work',
  toolRefused: '{tool}: not allowed',
  allow: 'Allow',
  refuse: 'Not now',
  retryWhen: 'Try again {when}',
  waitUntil: 'You can try again {when}.',
  canRetryNow: 'You can try again now.',
  retryLater: 'Please try again later.',
  stillWaiting: 'This is taking longer than usual.',
  consentTitle: 'Before you ask',
  consentText: 'Your questions are sent to an assistant that answers them.',
  agree: 'Agree',
  agreeFirst: 'Please agree above first.',
  loadImage: 'Show the image from {host}',
  model: 'Model',
  defaultModel: 'Automatic',
  answerActions: 'Answer',
  copyAnswer: 'Copy answer',
  goOn: 'Go on',
  regenerate: 'Answer again',
  goodAnswer: 'Good answer',
  badAnswer: 'Bad answer',
  whyGood: 'What was good? (optional)',
  whyBad: 'What was wrong? (optional)',
  sendFeedback: 'Send feedback',
  thanks: 'Thank you!',
  editQuestion: 'Edit question',
  askAgain: 'Ask again',
  versions: 'Versions',
  previousVersion: 'Previous version',
  nextVersion: 'Next version',
  versionOf: 'Version {number} of {count}',
  thinking: 'Thinking…',
  thoughtFor: 'Thought for {time}',
  thoughts: 'Thoughts',
  suggestions: 'What to ask next',
  sources: 'Sources',
  conversations: 'Conversations',
  newConversation: 'New conversation',
  searchConversations: 'Search',
  noConversationFound: 'No conversation found.',
  conversationsFound_one: '{count} conversation found',
  conversationsFound_other: '{count} conversations found',
  conversationOptions: 'Options for “{title}”',
  conversationTitle: 'Title',
  rename: 'Rename',
  saveMarkdown: 'Save as text',
  saveJson: 'Save as JSON',
  deleteConversation: 'Delete',
  conversationDeleted: 'Conversation deleted',
  undo: 'Undo',
  saveAll: 'Save all',
  deleteAll: 'Delete all',
  deleteAllQuestion: 'Delete all conversations?',
  isAnswering: 'Answering…',
  newAnswers_one: '{count} new answer',
  newAnswers_other: '{count} new answers',
};

/** Words with a number, which have a form for each plural category of the language. */
export type CountedWord = 'conversationsFound' | 'newAnswers';

/** Plural forms that English has not; `x_few` says `x` for the numbers that the language has the category `few` for. */
export type NovaPluralStrings = Partial<
  Record<`${CountedWord}_${Exclude<Intl.LDMLPluralRule, 'one' | 'other'>}`, string>
>;

/** Every word of the chat in one language. */
export type NovaWords = NovaStrings & NovaFeatureStrings & NovaPluralStrings;

/** Gives the words for a feature: the owner's, else the loaded language's, else English. */
export function featureWords({ words }: { readonly words: NovaStrings & Partial<NovaFeatureStrings> }): NovaWords {
  return { ...englishFeatureStrings, ...words };
}
