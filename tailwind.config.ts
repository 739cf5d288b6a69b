/** Tailwind, told of the tokens in `src/renderer/styles/tokens.css`: no other colour or text size is used. */
import type { Config } from 'tailwindcss';

const token = (name: string): string => `rgb(var(--${name}) / <alpha-value>)`;

export default {
  content: ['src/renderer/**/*.{ts,tsx,html}'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      paper: token('paper'),
      surface: token('surface'),
      sunken: token('sunken'),
      line: token('line'),
      'line-strong': token('line-strong'),
      ink: token('ink'),
      soft: token('soft'),
      accent: token('accent'),
      'accent-strong': token('accent-strong'),
      'on-accent': token('on-accent'),
      danger: token('danger'),
      'danger-surface': token('danger-surface'),
      good: token('good'),
      busy: token('busy'),
    },
    fontSize: {
      tiny: ['0.75rem', { lineHeight: '1.125rem' }],
      small: ['0.8125rem', { lineHeight: '1.25rem' }],
      base: ['0.9375rem', { lineHeight: '1.5rem' }],
      reading: ['1.0625rem', { lineHeight: '1.75rem' }],
      title: ['1.375rem', { lineHeight: '1.875rem' }],
    },
    borderRadius: { none: '0', sm: '0.375rem', DEFAULT: '0.5rem', lg: '0.875rem', full: '9999px' },
    screens: { narrow: { max: '759px' }, wide: '760px', short: { raw: '(max-height: 620px)' } },
    extend: { maxWidth: { column: '46rem' } },
  },
} satisfies Config;
