import { describe, expect, it } from 'vitest';
import { outsideLink } from './outside-link.ts';

describe('a link in an answer', () => {
  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['mailto:a@example.org', 'mailto:a@example.org'],
    ['  HTTPS://EXAMPLE.org ', 'https://example.org/'],
  ])('opens outside: %s', (link, opened) => expect(outsideLink(link)).toBe(opened));

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'app://aloud/index.html',
    'vscode://file/etc/passwd',
    'ms-msdt:/id PCWDiagnostic',
    'smb://server/share',
    '\\\\server\\share',
    'https:',
    'not a link',
    '',
    'java\nscript:alert(1)',
  ])('stays closed: %j', (link) => expect(outsideLink(link)).toBeUndefined());
});
