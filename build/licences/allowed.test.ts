import { describe, expect, it } from 'vitest';
import { isAllowedLicence } from './allowed.ts';

describe('a licence', () => {
  it.each([['MIT'], ['(MIT OR GPL-3.0)'], ['BSD-2-Clause AND ISC'], ['(MIT AND (ISC OR GPL-2.0-only))']])(
    'is allowed: %s',
    (expression) => expect(isAllowedLicence(expression)).toBe(true),
  );

  it.each([
    ['GPL-3.0-only'],
    ['LGPL-2.1-or-later'],
    ['AGPL-3.0'],
    ['MIT AND GPL-2.0-only'],
    ['(MIT'],
    ['MIT ISC'],
    ['GPL-3.0 WITH Classpath-exception-2.0'],
    ['SEE LICENSE IN LICENSE'],
    ['UNLICENSED'],
    [''],
  ])('is not allowed: %j', (expression) => expect(isAllowedLicence(expression)).toBe(false));
});
