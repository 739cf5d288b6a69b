/**
 * The npm packages that are part of the program: what its sources import and all that these need, by the lock file. Packages
 * for other systems count as well, so that the list is the same on every machine.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

/** A package that ships. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression; '' when the package states none. */
  readonly licence: string;
  /** Its folder; undefined when it is for another system and so not installed. */
  readonly folder: string | undefined;
  /** Whether it is for one system only. */
  readonly oneSystem: boolean;
}

const dependencies = z.record(z.string(), z.string()).optional();
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
      optional: z.boolean().optional(),
      dependencies,
      optionalDependencies: dependencies,
    }),
  ),
});
type Lock = z.infer<typeof lockSchema>['packages'];

const manifestSchema = z.object({ name: z.string(), license: z.string().optional() });

/** Electron brings these itself. */
const PROVIDED = new Set(['electron', ...builtinModules]);

/** All packages that ship with the checkout in `root`, by name and version. */
export function shippedPackages(root: string): ShippedPackage[] {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))).packages;
  const found = new Map<string, ShippedPackage>();
  const open = importedPackages(join(root, 'src')).map((name) => ({ name, from: '' }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const place = placeOf(lock, next.name, next.from);
    if (place === undefined || found.has(place)) continue;
    found.set(place, describe(root, place, lock));
    const entry = lock[place];
    for (const name of Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies }))
      open.push({ name, from: place });
  }
  const key = ({ name, version }: ShippedPackage): string => `${name} ${version}`;
  const unique = new Map([...found.values()].map((each) => [key(each), each]));
  return [...unique.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Names of the packages that the sources import; tests and their helpers do not ship. */
function importedPackages(sources: string): string[] {
  const names = new Set<string>();
  for (const entry of readdirSync(sources, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || entry.name.includes('.test.')) continue;
    if (entry.parentPath.split(/[\\/]/).includes('testing')) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:\bfrom|\bimport\(?)\s*'([^'.][^']*)'/g)) {
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      if (!specifier.startsWith('node:') && !PROVIDED.has(name)) names.add(name);
    }
  }
  return [...names];
}

/** Where Node finds a package: in the nearest `node_modules` on the way up. */
function placeOf(lock: Lock, name: string, from: string): string | undefined {
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = `${at}/node_modules/${name}`;
    if (lock[place] !== undefined) return place;
  }
  return lock[`node_modules/${name}`] === undefined ? undefined : `node_modules/${name}`;
}

function describe(root: string, place: string, lock: Lock): ShippedPackage {
  const entry = lock[place];
  const folder = join(root, place);
  const installed = existsSync(join(folder, 'package.json'));
  const manifest = installed
    ? manifestSchema.safeParse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).data
    : undefined;
  return {
    name: manifest?.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry?.version ?? '',
    licence: entry?.license ?? manifest?.license ?? '',
    folder: installed ? folder : undefined,
    oneSystem: entry?.os !== undefined || entry?.cpu !== undefined,
  };
}
