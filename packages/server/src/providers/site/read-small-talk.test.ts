import { describe, expect, it } from 'vitest';
import { readSmallTalk } from './read-small-talk.js';

describe('readSmallTalk', () => {
  it.each([
    ['hi', 'greeting', 'en'],
    ['Hello there!', 'greeting', 'en'],
    ['Good morning', 'greeting', 'en'],
    ['hi, what can you do?', 'abilities', 'en'],
    ['What can you help me with?', 'abilities', 'en'],
    ['who are you?', 'abilities', 'en'],
    ['help', 'abilities', 'en'],
    ['What questions can I ask you?', 'abilities', 'en'],
    ['Which topics do you know about?', 'abilities', 'en'],
    ['nice, thanks', 'thanks', 'en'],
    ['Great!', 'thanks', 'en'],
    ['Thanks a lot!', 'thanks', 'en'],
    ['ok, thank you', 'thanks', 'en'],
    ['great, thanks. bye!', 'thanks', 'en'],
    ['Bye', 'farewell', 'en'],
    ['Guten Tag', 'greeting', 'de'],
    ['Was kannst du alles?', 'abilities', 'de'],
    ['Vielen Dank!', 'thanks', 'de'],
    ['Bonjour !', 'greeting', 'fr'],
    ['merci beaucoup', 'thanks', 'fr'],
    ['¡Hola!', 'greeting', 'es'],
    ['¿qué puedes hacer?', 'abilities', 'es'],
    ['Gracias', 'thanks', 'es'],
  ])('%s is %s (%s)', (message, kind, code) => {
    const read = readSmallTalk(message);
    expect([read.kind, read.language?.code, read.question]).toEqual([kind, code, '']);
  });

  it.each([
    ['Hi, how much is it?', 'how much is it?'],
    ['thanks! and the shipping?', 'and the shipping?'],
    ['Guten Tag, was kostet der Versand?', 'was kostet der Versand?'],
    ['History of the company', 'History of the company'],
    ['What can you tell me about oak?', 'What can you tell me about oak?'],
    ['help with returns', 'help with returns'],
    ['Okinawa delivery', 'Okinawa delivery'],
    ['What questions should I ask before I order?', 'What questions should I ask before I order?'],
    ['What topics does the guide cover?', 'What topics does the guide cover?'],
    ['Hi-fi speakers', 'Hi-fi speakers'],
    ['Cool storage of the wine', 'Cool storage of the wine'],
  ])('%s asks: %s', (message, question) => {
    expect(readSmallTalk(message).question).toBe(question);
  });
});
