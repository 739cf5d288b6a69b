/** `npm run build`: builds what the `main` and `bin` of package.json name. */
import { buildAnew } from './built-app.ts';
import { runScript } from './script.ts';

await runScript(async () => {
  await buildAnew();
  return 0;
});
