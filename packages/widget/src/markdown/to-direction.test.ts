import { expect, it } from 'vitest';
import { toDirection } from './to-direction.js';

it.each<[text: string, direction: 'ltr' | 'rtl']>([
  ['Hello שלום', 'ltr'],
  ['שלום Hello', 'rtl'],
  ['**مرحبا** all', 'rtl'],
  ['# 1. «سلام»', 'rtl'],
  ['- [x] שלום', 'rtl'],
  ['[שלום](https://shop.example)', 'rtl'],
  ['𞤀𞤁 adlam', 'rtl'],
  ['你好', 'ltr'],
  ['𝒙 letters of mathematics', 'ltr'],
  ['1 + 2 = 3', 'ltr'],
  ['', 'ltr'],
])('%j is written %s', (text, direction) => expect(toDirection(text)).toBe(direction));
