/** The notices that the licences of others ask for: one text with every package that ships, and its licence in full. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShippedPackage } from './packages.ts';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

const HEAD = `Aloud is under the Apache License, Version 2.0.

It runs in Electron (MIT; LICENSE.electron.txt) with Chromium (LICENSES.chromium.html), both beside the program. The models and
voices have their licences beside them. The packages below are part of the program. Those for one system only are in the
packages for that system.
`;

/** Writes the notices. Packages with the same words share them. */
export function notices(packages: readonly ShippedPackage[]): string {
  const sharing = new Map<string, string[]>();
  for (const each of packages) {
    const text = each.oneSystem ? '' : licenceText(each);
    const line = `${each.name} ${each.version} (${each.licence})`;
    sharing.set(text, [...(sharing.get(text) ?? []), line]);
  }
  const parts = [...sharing].map(([text, lines]) => `${lines.join('\n')}\n\n${text}`.trim());
  return [HEAD.trim(), ...parts].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}

function licenceText({ folder }: ShippedPackage): string {
  if (folder === undefined) return '';
  const names = readdirSync(folder).filter((name) => LICENCE_FILE.test(name));
  return names
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n');
}
