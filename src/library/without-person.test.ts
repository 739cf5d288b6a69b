import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPerson } from './without-person.ts';

const maria = { home: '/home/maria', userName: 'maria' };

describe('a text without its person', () => {
  it.each([
    ['Installed in /home/maria/.local/share/aloud.', 'Installed in ~/.local/share/aloud.'],
    ['None yet (/home/maria).', 'None yet (~).'],
    ['On /media/maria/disk/models.', 'On /media/<user>/disk/models.'],
    ['In /run/user/maria.', 'In /run/user/<user>.'],
    ['Of /home/mariana/models.', 'Of /home/mariana/models.'],
    ['Ask maria.', 'Ask maria.'],
  ])('%s', (text, shown) => {
    expect(withoutPerson(text, maria)).toBe(shown);
  });

  it('knows the paths of Windows in either case and with either slash', () => {
    const person = { home: 'C:\\Users\\Maria', userName: 'Maria' };
    expect(withoutPerson('In c:\\users\\maria\\AppData and C:/Users/Maria/voices.', person)).toBe(
      'In ~\\AppData and ~/voices.',
    );
  });

  it('leaves a text alone where nothing is known of the person', () => {
    expect(withoutPerson('/root/models', { home: '', userName: '' })).toBe('/root/models');
    expect(withoutPerson('/models', { home: '/', userName: '' })).toBe('/models');
  });

  it('never holds the user name as a part of a path', () => {
    const part = fc.stringMatching(/^[a-z0-9._-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.nat(), part, (parts, at, userName) => {
        const path = `/${parts.toSpliced(at % parts.length, 1, userName).join('/')}`;
        const shown = withoutPerson(`It is in ${path}`, { home: '/home/x', userName });
        expect(shown.replace('It is in /', '').split('/')).not.toContain(userName);
      }),
    );
  });
});
