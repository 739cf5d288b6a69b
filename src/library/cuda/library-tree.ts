/**
 * Follows a library to all that it needs, by the rules of Linux's loader (ld.so(8)), and tells what is missing. The loader
 * itself stops at the first that it does not find; a person wants to hear of all at once.
 */
import { dirname, join } from 'node:path';
import type { ElfFacts } from './elf-file.ts';

/** Where libraries are looked for. */
export interface LoaderPlaces {
  /** Folders of `LD_LIBRARY_PATH`. */
  readonly libraryPath: readonly string[];
  /** The system's own list: path by name. */
  readonly cache: ReadonlyMap<string, string>;
  /** Folders that are looked through last. */
  readonly defaults: readonly string[];
  /** The facts of the library at a path; undefined when there is none. */
  readonly read: (path: string) => Promise<ElfFacts | undefined>;
}

/** The folders of a 64-bit Linux. */
export const DEFAULT_FOLDERS = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib64',
  '/usr/lib64',
  '/lib',
  '/usr/lib',
] as const;

export interface MissingLibrary {
  readonly name: string;
  /** File name of the first that needs it. */
  readonly neededBy: string;
}

export interface LibraryTree {
  /** Path of each library that was found, by the name by which it is needed. */
  readonly found: ReadonlyMap<string, string>;
  readonly missing: readonly MissingLibrary[];
}

interface Visit {
  readonly path: string;
  readonly facts: ElfFacts;
  /** Folders of `DT_RPATH` of those that brought it in. */
  readonly inherited: readonly string[];
}

/** All that the library at `path` needs, and `alsoNeeded`: what it opens by name while it runs. */
export async function libraryTree(
  path: string,
  places: LoaderPlaces,
  alsoNeeded: readonly string[] = [],
): Promise<LibraryTree> {
  const found = new Map<string, string>();
  const missing: MissingLibrary[] = [];
  const root = await places.read(path);
  if (root === undefined) return { found, missing: [{ name: path, neededBy: 'Aloud' }] };
  const visits: Visit[] = [
    { path, facts: { ...root, needed: [...root.needed, ...alsoNeeded] }, inherited: [] },
  ];
  const looked = new Set<string>();
  for (let visit = visits.shift(); visit !== undefined; visit = visits.shift()) {
    for (const name of visit.facts.needed) {
      if (looked.has(name)) continue;
      looked.add(name);
      const library = await locate(name, visit, root.machine, places);
      if (library === undefined) missing.push({ name, neededBy: visit.path.replace(/.*\//, '') });
      else {
        found.set(name, library.path);
        visits.push(library);
      }
    }
  }
  return { found, missing };
}

async function locate(
  name: string,
  { path, facts, inherited }: Visit,
  machine: number,
  places: LoaderPlaces,
): Promise<Visit | undefined> {
  const origin = (folder: string): string => folder.replaceAll(/\$ORIGIN|\$\{ORIGIN\}/g, dirname(path));
  // A DT_RUNPATH puts every DT_RPATH out of force.
  const rpath = facts.runpath.length > 0 ? [] : [...facts.rpath.map(origin), ...inherited];
  const cached = places.cache.get(name);
  const candidates = name.includes('/')
    ? [name]
    : [
        ...[...rpath, ...places.libraryPath, ...facts.runpath.map(origin)].map((folder) =>
          join(folder, name),
        ),
        ...(cached === undefined ? [] : [cached]),
        ...places.defaults.map((folder) => join(folder, name)),
      ];
  for (const candidate of candidates) {
    const found = await places.read(candidate);
    // The loader passes over what was built for another processor.
    if (found?.machine === machine) return { path: candidate, facts: found, inherited: rpath };
  }
  return undefined;
}
