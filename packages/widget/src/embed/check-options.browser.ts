import { expect, it } from 'vitest';
import '../define.js';
import { checkOptions } from './check-options.js';

/** What is wrong with an element that has these attributes. */
function check(attributes: string): Promise<string[]> {
  const template = document.createElement('template');
  template.innerHTML = `<nova-chat ${attributes}></nova-chat>`;
  return checkOptions(template.content.firstElementChild as Element);
}

it.each([
  `endpoint="https://chat.example.com" mode="panel" position="top-start" theme="dark" open`,
  `endpoint="/chat" starters='["When?"]' models='["a", { "id": "b", "label": "B" }]' user='{ "name": "Ada" }'`,
  `strings='{ "launcher": "Ask", "newAnswers_few": "{count}", "cancel": "No" }' context='{ "page": "x", "n": 1 }'`,
  `actions="" max-attachments="2" max-attachment-bytes="1000" attachments accent="#0b6e4f" locale="de_AT" persist="local"`,
  `actions='["copy"]'`,
  `actions="copy,feedback" enter-key="newline" layer="top" scroll-behavior="anchor" load="idle" target="body"`,
  `config="data:application/json,{}" consent="" endpoint="./api"`,
  `consent="We ask an assistant." endpoint="//chat.example.com"`,
  `link-policy="self *.example.com https://a.example:8080 localhost:3000 mailto:" image-policy="click cdn.example.com"`,
  `id="a" class="b" style="color: red" lang="de" dir="rtl" data-test="1" aria-label="x" hidden`,
])('finds nothing wrong with %s', async (attributes) => {
  expect(await check(attributes)).toEqual([]);
});

it.each([
  ['mode="popup"', 'mode="popup" must be bubble or inline or panel or fullscreen.'],
  ['position="left"', 'position="left" must be bottom-end'],
  ['theme="purple"', 'theme="purple" must be auto or page or light or dark.'],
  ['starters="When do you open?"', 'starters="When do you open?" must be a JSON array of texts'],
  ["starters='[1]'", 'must be a JSON array of texts'],
  ["models='[{}]'", 'must be a JSON array of ids'],
  ['strings="{bad"', 'strings="{bad" must be a JSON object'],
  [`strings='{ "lancher": "x" }'`, 'must be without "lancher", which is none of '],
  ['user="Ada"', 'user="Ada" must be a JSON object, such as { "id"'],
  ["context='[1]'", 'must be a JSON object, such as { "page"'],
  ['max-attachments="many"', 'max-attachments="many" must be a number above 0.'],
  ['locale="!!"', 'locale="!!" must be a language tag'],
  ['persist="forever"', 'must be none or session or local.'],
  ['actions="copy,share"', 'must be any of copy'],
  ['attachments="false"', 'attachments="false" must be left out to be off'],
  ['accent="notacolor"', 'must be a CSS colour'],
  ['endpoint="ftp://x"', 'must be an address with http or https'],
  ['endpoint="chat.example.com"', 'endpoint="chat.example.com" must be an address with http or https'],
  ['endpoint="chat.example.com:8787/v1"', 'must be an address with http or https'],
  ['endpoint="localhost:8787"', 'must be an address with http or https'],
  ['consent="true"', 'consent="true" must be words that the visitor agrees to, or blank'],
  ['consent="false"', 'left out to be off'],
  ['config="/there-is-none.json"', 'config="/there-is-none.json" must be the address of a file with a JSON object'],
  ['config="data:application/json,[1]"', 'must be the address of a file with a JSON object'],
  ['config="data:application/json,{bad"', 'must be the address of a file with a JSON object'],
  ['target="##"', 'must be a selector'],
  ['target="#nobody"', 'must be a selector that finds an element'],
  ['link-policy="javascript:"', 'link-policy="javascript:" must be self, origins or hosts'],
  ['link-policy="https://*.example.com"', 'link-policy="https://*.example.com" must be self, origins or hosts'],
  ['image-policy="always"', 'image-policy="always" must be link, click, self, origins or hosts'],
  ['load="soon"', 'must be interaction or visible or idle.'],
  ['hedding="x"', 'There is no option hedding; there are accent, actions, '],
])('says what is wrong with %s', async (attributes, told) => {
  expect(await check(attributes)).toEqual([expect.stringContaining(told)]);
});
