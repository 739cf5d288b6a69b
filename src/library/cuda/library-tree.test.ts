import { describe, expect, it } from 'vitest';
import type { ElfFacts } from './elf-file.ts';
import { libraryTree, type LoaderPlaces } from './library-tree.ts';

const X64 = 62;

/** A system with these libraries: path, and what differs from a library without needs. */
function system(
  files: Readonly<Record<string, Partial<ElfFacts>>>,
  places: Partial<LoaderPlaces> = {},
): LoaderPlaces {
  const none: ElfFacts = { soname: undefined, needed: [], rpath: [], runpath: [], machine: X64 };
  return {
    libraryPath: [],
    cache: new Map(),
    defaults: ['/usr/lib'],
    read: async (path) => {
      const found = files[path];
      return Promise.resolve(found && { ...none, ...found });
    },
    ...places,
  };
}

describe('the libraries that one needs', () => {
  it('are all named that are missing, with the first that needs them', async () => {
    const tree = await libraryTree(
      '/ort/provider.so',
      system({
        '/ort/provider.so': { needed: ['libcublas.so.13', 'libcudart.so.13', 'libm.so.6'] },
        '/usr/lib/libm.so.6': {},
        '/usr/lib/libcublas.so.13': { needed: ['libcublasLt.so.13', 'libcudart.so.13'] },
      }),
      ['libcudnn.so.9'],
    );
    expect(tree.missing).toEqual([
      { name: 'libcudart.so.13', neededBy: 'provider.so' },
      { name: 'libcudnn.so.9', neededBy: 'provider.so' },
      { name: 'libcublasLt.so.13', neededBy: 'libcublas.so.13' },
    ]);
    expect(tree.found).toEqual(
      new Map([
        ['libcublas.so.13', '/usr/lib/libcublas.so.13'],
        ['libm.so.6', '/usr/lib/libm.so.6'],
      ]),
    );
  });

  it('are looked for as the loader does: DT_RPATH, LD_LIBRARY_PATH, DT_RUNPATH, its list, its folders', async () => {
    const everywhere = ['/rpath', '/env', '/p/run', '/cached', '/usr/lib'].map((folder) => `${folder}/a.so`);
    const order: (string | undefined)[] = [];
    for (const [count] of everywhere.entries()) {
      const there = Object.fromEntries(everywhere.slice(count).map((path) => [path, {}]));
      for (const own of [{ rpath: ['/rpath'] }, { runpath: ['$ORIGIN/run'] }]) {
        const tree = await libraryTree(
          '/p/p.so',
          system(
            { ...there, '/p/p.so': { needed: ['a.so'], ...own } },
            { libraryPath: ['/env'], cache: new Map([['a.so', '/cached/a.so']]) },
          ),
        );
        order.push(tree.found.get('a.so'));
      }
    }
    expect(order).toEqual([
      ...['/rpath/a.so', '/env/a.so'],
      ...['/env/a.so', '/env/a.so'],
      ...['/cached/a.so', '/p/run/a.so'],
      ...['/cached/a.so', '/cached/a.so'],
      ...['/usr/lib/a.so', '/usr/lib/a.so'],
    ]);
  });

  it('are found in the DT_RPATH, and not in the DT_RUNPATH, of what brought them in', async () => {
    const files = { '/x/b.so': {}, '/x/a.so': { needed: ['b.so'] } };
    const top = (own: Partial<ElfFacts>): LoaderPlaces =>
      system({ ...files, '/p.so': { needed: ['a.so'], ...own } });
    expect((await libraryTree('/p.so', top({ rpath: ['/x'] }))).missing).toEqual([]);
    expect((await libraryTree('/p.so', top({ runpath: ['/x'] }))).missing).toEqual([
      { name: 'b.so', neededBy: 'a.so' },
    ]);
  });

  it('are not those of another processor', async () => {
    const places = system(
      {
        '/p.so': { needed: ['a.so'] },
        '/env/a.so': { machine: 3 },
        '/usr/lib/a.so': {},
      },
      { libraryPath: ['/env'] },
    );
    expect((await libraryTree('/p.so', places)).found.get('a.so')).toBe('/usr/lib/a.so');
  });

  it('end where they need each other', async () => {
    const places = system({
      '/usr/lib/a.so': { needed: ['b.so'] },
      '/usr/lib/b.so': { needed: ['a.so'] },
    });
    expect((await libraryTree('/usr/lib/a.so', places)).missing).toEqual([]);
  });

  it('are none of a file that is no library: it is missing itself', async () => {
    expect((await libraryTree('/p.so', system({}))).missing).toEqual([{ name: '/p.so', neededBy: 'Aloud' }]);
  });
});
