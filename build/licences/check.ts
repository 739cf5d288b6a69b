/** `npm run licences`: fails when a package that ships has a licence that Aloud cannot pass on. Prints how many of each there are. */
import { fail } from '../../src/common/result.ts';
import { ROOT, runScript } from '../script.ts';
import { isAllowedLicence } from './allowed.ts';
import { shippedPackages } from './packages.ts';

await runScript(() => {
  const packages = shippedPackages(ROOT);
  const refused = packages.filter(({ licence }) => !isAllowedLicence(licence));
  if (refused.length > 0) {
    const list = refused.map(
      ({ name, version, licence }) => `${name} ${version} (${licence || 'none stated'})`,
    );
    fail('internal', 'system', {
      message: `These packages cannot be passed on with Aloud: ${list.join(', ')}.`,
    });
  }
  const counts = new Map<string, number>();
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  for (const [licence, count] of [...counts].sort((a, b) => b[1] - a[1]))
    process.stdout.write(`${String(count).padStart(4)} ${licence}\n`);
  return Promise.resolve(0);
});
