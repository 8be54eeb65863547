import { describe, expect, it } from 'vitest';
import { isMisleading, removeHidden, type SafeLink, toSafeLink } from './link-policy.js';

describe('toSafeLink', () => {
  it.each<[href: string, safe: string, host: string]>([
    ['https://a.example', 'https://a.example/', 'a.example'],
    [' HTTP://A.EXAMPLE/b c ', 'http://a.example/b%20c', 'a.example'],
    ['https://a.example:8080/x?y#z', 'https://a.example:8080/x?y#z', 'a.example:8080'],
    ['https://bank.example@evil.example/', 'https://evil.example/', 'evil.example'],
    ['https://user:secret@a.example/', 'https://a.example/', 'a.example'],
    ['https://bücher.example', 'https://xn--bcher-kva.example/', 'xn--bcher-kva.example'],
    ['mailto:help@a.example?subject=x', 'mailto:help@a.example?subject=x', 'help@a.example'],
    ['tel:+43 1 2345', 'tel:+43 1 2345', '+43 1 2345'],
    ['#pricing', '#pricing', ''],
    ['#', '#', ''],
    ['#a b"<', '#a%20b%22%3C', ''],
  ])('lets %s pass as %s', (href, safe, host) => {
    expect(toSafeLink(href)).toEqual({
      href: safe,
      host,
      ...(href.startsWith('#') && { samePage: true, id: href.slice(1) }),
    });
  });

  it.each([
    ['#größe', 'größe'],
    ['#gr%C3%B6%C3%9Fe', 'größe'],
    ['#100%', '100%'],
  ])('takes %s for the place of the id %s', (href, id) => expect(toSafeLink(href)?.id).toBe(id));

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://a.example/1',
    'file:///etc/passwd',
    'ftp://a.example',
    'intent://x#Intent;end',
    'about:blank',
    'view-source:https://a.example',
    '//a.example',
    '/relative',
    'relative',
    '?query',
    'https://',
    'http:',
    '',
  ])('makes text of %j', (href) => expect(toSafeLink(href)).toBeUndefined());
});

describe('isMisleading', () => {
  it.each<[text: string, href: string, isMisleading: boolean]>([
    ['the shop', 'https://a.example', false],
    ['a.example', 'https://a.example/path', false],
    ['www.a.example', 'https://a.example', false],
    ['https://A.example/x', 'https://a.example/y', false],
    ['a.example', 'https://b.example', true],
    ['https://a.example/login', 'https://evil.example/', true],
    ['//a.example', 'https://evil.example/', true],
    ['https://evil.example@a.example', 'https://evil.example', true],
    ['аpple.com', 'https://apple.com', true],
    // Whoever reads it cannot tell it from letters of another alphabet.
    ['bücher.example', 'https://xn--bcher-kva.example', true],
    ['pаypal.com', 'https://xn--pypal-4ve.com', true],
    ['"paypal.com"', 'https://evil.example', true],
    ['(paypal.com)', 'https://evil.example', true],
    ['✅ https://paypal.com', 'https://evil.example', true],
    ['Log in: https://paypal.com/', 'https://evil.example', true],
    ['pay\u00adpal.com', 'https://evil.example', true],
    ['https://paypal.com@evil.example', 'https://evil.example', true],
    ['Read more at a.example.', 'https://a.example', false],
    ['Version 2.0, e.g. 5.5', 'https://a.example', false],
    ['the \u202eshop', 'https://a.example', true],
    ['sh\u200bop', 'https://a.example', true],
    ['help@a.example', 'mailto:help@a.example', false],
    ['help@a.example', 'mailto:me@evil.example', true],
    ['a.example', '#here', false],
    ['5.5', 'https://a.example', false],
    ['paypal.com@home', 'https://evil.example', true],
    [`${'x'.repeat(200)}@paypal.com`, 'https://evil.example', true],
  ])('of "%s" to %s: %s', (text, href, expected) => {
    expect(isMisleading(text, toSafeLink(href) as SafeLink)).toBe(expected);
  });
});

it.each(['!', 'a,', '(a.', 'a.bc@', '-', '//'])('costs a link of 100,000 times %s no more than its length', (unit) => {
  const before = process.threadCpuUsage();
  isMisleading(unit.repeat(100_000), { href: 'https://a.example/', host: 'a.example' });
  // The square of it takes a quarter of a minute and more.
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(4000);
});

it('removes what turns the direction of text', () => {
  expect(removeHidden('a\u202eb\u2066c\u200bd')).toBe('abcd');
});
