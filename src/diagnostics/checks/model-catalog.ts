/** The program's own list of models: without it nothing can be installed. */
import { readCatalog } from '../../library/catalog.ts';
import { catalogFile, modelFolders } from '../../library/paths.ts';
import { fine, type Check } from '../check.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

export const modelCatalogCheck: Check = {
  id: 'model catalog',
  title: FINDINGS.catalog.title,
  async run({ dataFolder, around }) {
    const { models } = await readCatalog(catalogFile(around, dataFolder));
    const { install } = modelFolders(around);
    return fine(FINDINGS.catalog.installable(models.length, install), {
      models: models.map(({ id }) => id),
      installFolder: install,
    });
  },
};
