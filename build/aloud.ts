/** `npm run aloud -- …`: the `aloud` command of this checkout. Installs no models: `aloud models install` does. */
import { runAloud } from './aloud-program.ts';
import { runScript } from './script.ts';

await runScript(runAloud);
