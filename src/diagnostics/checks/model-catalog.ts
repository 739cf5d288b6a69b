/** The program's own list of models: without it nothing can be installed. */
import { readCatalog } from '../../library/catalog.ts';
import { catalogFile, modelFolders } from '../../library/paths.ts';
import { fine, type Check } from '../check.ts';

export const modelCatalogCheck: Check = {
  id: 'model catalog',
  title: 'List of models',
  async run({ dataFolder, around }) {
    const { models } = await readCatalog(catalogFile(around, dataFolder));
    const { install } = modelFolders(around);
    return fine(`${models.length} models can be installed; new ones go to ${install}.`, {
      models: models.map(({ id }) => id),
      installFolder: install,
    });
  },
};
